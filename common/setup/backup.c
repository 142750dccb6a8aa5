#include "common/setup/backup.h"

#include "common/base/file.h"

#include <string.h>

#define MAX_FILE    (1024 * 1024) /* bytes */
#define MAX_BACKUPS 1000

static char *name(const char *path, int number)
{
    return number == 1 ? g_strconcat(path, ".usageline-backup", NULL)
                       : g_strdup_printf("%s.usageline-backup.%d", path, number);
}

char **setup_backup_list(const char *path)
{
    GPtrArray *names = g_ptr_array_new();

    for (int number = 1; number <= MAX_BACKUPS; number++) {
        char *backup = name(path, number);

        if (!g_file_test(backup, G_FILE_TEST_EXISTS)) {
            g_free(backup);
            break;
        }
        g_ptr_array_add(names, backup);
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

static char *read_backup(const char *path)
{
    gsize length = 0;

    return file_read(path, MAX_FILE, &length, NULL);
}

char *setup_backup_newest(const char *path)
{
    g_auto(GStrv) names = setup_backup_list(path);
    guint count = g_strv_length(names);

    return count > 0 ? read_backup(names[count - 1]) : NULL;
}

char *setup_backup_name(const char *path, const char *text)
{
    g_auto(GStrv) names = setup_backup_list(path);
    guint count = g_strv_length(names);
    g_autofree char *newest = count > 0 ? read_backup(names[count - 1]) : NULL;

    /* Of equal texts one is enough, and it should be the newest, which an undo goes by. */
    if (newest && strcmp(newest, text) == 0)
        return g_strdup(names[count - 1]);
    return name(path, (int)count + 1);
}
