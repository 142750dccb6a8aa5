#include "common/setup/backup.h"

#include "common/setup/edit.h"

#include <string.h>

#define PROGRAM    "usageline"
#define BACKUP     "backup"
#define UNDONE     "undone"
#define MAX_COPIES 1000

static char *backup_path(const char *path, const char *kind, guint number)
{
    return number == 1 ? g_strconcat(path, SETUP_COPY_MARK, kind, NULL)
                       : g_strdup_printf("%s" SETUP_COPY_MARK "%s.%u", path, kind, number);
}

/* How many copies of this kind there are. */
static guint backup_count(const char *path, const char *kind)
{
    for (guint number = 1; number <= MAX_COPIES; number++) {
        g_autofree char *copy = backup_path(path, kind, number);

        if (!g_file_test(copy, G_FILE_TEST_EXISTS))
            return number - 1;
    }
    return MAX_COPIES;
}

static char *backup_name(const char *path, const char *kind, const char *text)
{
    guint count = backup_count(path, kind);
    char *newest = count > 0 ? backup_path(path, kind, count) : NULL;
    g_autofree char *found = newest ? setup_text_read(newest, NULL) : NULL;

    if (g_strcmp0(found, text) == 0)
        return newest;
    g_free(newest);
    return backup_path(path, kind, count + 1);
}

char *setup_backup_find(const char *path, const char *text)
{
    for (guint number = backup_count(path, BACKUP); number > 0; number--) {
        g_autofree char *copy = backup_path(path, BACKUP, number);
        g_autofree char *found = setup_text_read(copy, NULL);

        if (g_strcmp0(found, text) == 0)
            return g_steal_pointer(&copy);
    }
    return NULL;
}

char *setup_backup_read(const char *path)
{
    g_autofree char *original = setup_backup_original_name(path);
    char *oldest = NULL;

    for (guint number = backup_count(path, BACKUP); number > 0; number--) {
        g_autofree char *copy = backup_path(path, BACKUP, number);

        g_free(oldest);
        oldest = setup_text_read(copy, NULL);
        if (oldest && !strstr(oldest, PROGRAM))
            return oldest;
    }
    char *text = setup_text_read(original, NULL);
    if (!text)
        return oldest;
    g_free(oldest);
    return text;
}

char *setup_backup_name(const char *path, const char *text)
{
    return backup_name(path, BACKUP, text);
}

char *setup_backup_undone_name(const char *path, const char *text)
{
    return backup_name(path, UNDONE, text);
}

char *setup_backup_original_name(const char *path)
{
    return backup_path(path, "original", 1);
}
