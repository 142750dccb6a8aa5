#include "common/setup/backup.h"

#include "common/setup/edit.h"

#define MAX_BACKUPS 1000

static char *backup_path(const char *path, guint number)
{
    return number == 1 ? g_strconcat(path, ".usageline-backup", NULL)
                       : g_strdup_printf("%s.usageline-backup.%u", path, number);
}

char **setup_backup_list(const char *path)
{
    GPtrArray *paths = g_ptr_array_new();

    for (guint number = 1; number <= MAX_BACKUPS; number++) {
        char *backup = backup_path(path, number);

        if (!g_file_test(backup, G_FILE_TEST_EXISTS)) {
            g_free(backup);
            break;
        }
        g_ptr_array_add(paths, backup);
    }
    g_ptr_array_add(paths, NULL);
    return (char **)g_ptr_array_free(paths, FALSE);
}

char *setup_backup_newest(const char *path)
{
    g_auto(GStrv) paths = setup_backup_list(path);
    guint count = g_strv_length(paths);

    return count > 0 ? setup_text_read(paths[count - 1], NULL) : NULL;
}

char *setup_backup_name(const char *path, const char *text)
{
    g_autofree char *newest = setup_backup_newest(path);
    g_auto(GStrv) paths = setup_backup_list(path);
    guint count = g_strv_length(paths);

    return g_strcmp0(newest, text) == 0 ? g_strdup(paths[count - 1]) : backup_path(path, count + 1);
}
