#include "plugins/browsers/store_copy.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/support/quiet_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The files of an SQLite database: itself, its write-ahead log, its rollback journal. The index of
 * the log (-shm) is made anew from it. */
static const char *const suffixes[] = {"", "-wal", "-journal"};

static void sqlite_append_stamp(GString *stamp, const char *path, const char *suffix,
                                gint64 *newest)
{
    g_autofree char *file = g_strconcat(path, suffix, NULL);
    struct stat status;

    if (stat(file, &status) < 0)
        return;
    gint64 modified =
        (gint64)status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
    g_string_append_printf(
        stamp, "%s:%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ".%09ld ", suffix,
        (guint64)status.st_ino, (gint64)status.st_size, (gint64)status.st_mtim.tv_sec,
        status.st_mtim.tv_nsec);
    *newest = MAX(*newest, modified);
}

/* One that has no files has a stamp, too: nothing. */
static char *sqlite_stamp(const char *path, gint64 *newest, GError **error)
{
    GString *stamp = g_string_new(NULL);

    (void)error;
    *newest = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
        sqlite_append_stamp(stamp, path, suffixes[i], newest);
    return g_string_free(stamp, FALSE);
}

/* One file of the database; one that is not there need not be copied, but the first. */
static bool sqlite_copy_file(struct copy_room *room, const char *path, const char *suffix,
                             GError **error)
{
    g_autofree char *file = g_strconcat(path, suffix, NULL);
    g_autofree char *name = g_strconcat(STORE_COPY_NAME, suffix, NULL);
    gsize left = COPY_MAX_BYTES;
    bool copied;
    int from;

    if (suffix[0] != '\0' && access(file, F_OK) < 0 && errno == ENOENT)
        return true;
    from = quiet_open(file, error);
    if (from < 0)
        return false;
    copied = copy_room_add(room, from, name, &left, error);
    close(from);
    return copied;
}

/* Whether the copied journal names a super-journal at its end (SQLite's file format, 3): rolling it
 * back would make SQLite look for that file, and delete it, wherever it is. A browser's own
 * journals name none. */
static bool sqlite_has_super_journal(const struct copy_room *room)
{
    static const guint8 magic[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    int fd = openat(copy_room_descriptor(room), STORE_COPY_NAME "-journal",
                    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    guint8 end[sizeof magic] = {0};
    bool has = false;

    if (fd < 0)
        return false;
    if (lseek(fd, -(off_t)sizeof end, SEEK_END) >= 0)
        has = read(fd, end, sizeof end) != sizeof end || memcmp(end, magic, sizeof end) == 0;
    close(fd);
    return has;
}

static bool sqlite_copy(struct copy_room *room, const char *path, GError **error)
{
    bool copied = true;

    for (gsize part = 0; copied && part < G_N_ELEMENTS(suffixes); part++)
        copied = sqlite_copy_file(room, path, suffixes[part], error);
    if (!copied || !sqlite_has_super_journal(room))
        return copied;
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        _("its journal names another file, which no browser's does"));
    return false;
}

const struct copy_method store_copy_method = {.stamp = sqlite_stamp, .copy = sqlite_copy};
