#include "plugins/browsers/store/sqlite_copy.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/support/quiet_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The files of an SQLite database: itself, its write-ahead log, its rollback journal. SQLite makes
 * the log's index (-shm) again. */
static const char *const suffixes[] = {"", "-wal", "-journal"};

/* A database without files has a stamp, too: the empty text. */
static char *sqlite_copy_stamp(const char *path, gint64 *newest, G_GNUC_UNUSED GError **error)
{
    GString *stamp = g_string_new(NULL);

    *newest = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        g_autofree char *file = g_strconcat(path, suffixes[i], NULL);
        struct stat status;

        if (stat(file, &status) == 0)
            copy_stamp_append(stamp, suffixes[i], &status, newest);
    }
    return g_string_free(stamp, FALSE);
}

/* Copies one file of the database; all but the database itself may be missing. */
static bool sqlite_copy_file(struct copy_dir *dir, const char *path, const char *suffix,
                             GError **error)
{
    g_autofree char *file = g_strconcat(path, suffix, NULL);
    g_autofree char *name = g_strconcat(SQLITE_COPY_NAME, suffix, NULL);
    gsize left = COPY_MAX_BYTES;
    bool copied;
    int from;

    if (suffix[0] != '\0' && access(file, F_OK) < 0 && errno == ENOENT)
        return true;
    from = quiet_open(file, error);
    if (from < 0)
        return false;
    copied = copy_dir_add(dir, from, name, &left, error);
    close(from);
    return copied;
}

/* Whether the copied journal names a super-journal at its end (SQLite's file format, 3): rolling it
 * back would make SQLite look for that file, and delete it, wherever it is. A browser's own
 * journals name none. */
static bool sqlite_copy_has_super_journal(const struct copy_dir *dir)
{
    static const guint8 magic[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    g_autofree char *journal =
        g_build_filename(copy_dir_path(dir), SQLITE_COPY_NAME "-journal", NULL);
    int fd = open(journal, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    guint8 end[sizeof magic] = {0};
    bool has = false;

    if (fd < 0)
        return false;
    if (lseek(fd, -(off_t)sizeof end, SEEK_END) >= 0)
        has = read(fd, end, sizeof end) != sizeof end || memcmp(end, magic, sizeof end) == 0;
    close(fd);
    return has;
}

static bool sqlite_copy(struct copy_dir *dir, const char *path, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        if (!sqlite_copy_file(dir, path, suffixes[i], error))
            return false;
    }
    if (!sqlite_copy_has_super_journal(dir))
        return true;
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        _("its journal names another file, which no browser's does"));
    return false;
}

const struct copy_method sqlite_copy_method = {.stamp = sqlite_copy_stamp, .copy = sqlite_copy};
