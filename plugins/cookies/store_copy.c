#include "plugins/cookies/store_copy.h"

#include "common/error.h"
#include "common/file.h"
#include "common/i18n.h"
#include "plugins/support/quiet_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_PREFIX "cookies-"
#define COPY_NAME     "store"
#define MAX_TRIES     6
#define PAUSE         (20 * 1000) /* microseconds between two tries */

/* A write of this moment may carry the same time as the one after it: clocks of file systems tick
 * every 4 or 10 milliseconds. */
#define SETTLED (20 * G_TIME_SPAN_MILLISECOND)

/* The files of an SQLite database: itself, its write-ahead log, its rollback journal. The index of
 * the log (-shm) is made anew from it. */
static const char *const suffixes[] = {"", "-wal", "-journal"};

/* All names that there may be in the folder of a copy. */
static const char *const leftovers[] = {COPY_NAME, COPY_NAME "-wal", COPY_NAME "-journal",
                                        COPY_NAME "-shm"};

struct copy_room {
    char *folder;
    char *copy;
    int lock; /* the folder itself: as long as it is locked, somebody works in it */
};

static void append_stamp(GString *stamp, const char *path, const char *suffix, gint64 *newest)
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

static char *take_stamp(const char *path, gint64 *newest)
{
    GString *stamp = g_string_new(NULL);

    *newest = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++)
        append_stamp(stamp, path, suffixes[i], newest);
    return g_string_free(stamp, FALSE);
}

char *store_stamp(const char *path)
{
    gint64 newest;

    return take_stamp(path, &newest);
}

static void remove_room(int parent, const char *name, int folder)
{
    for (gsize i = 0; i < G_N_ELEMENTS(leftovers); i++)
        unlinkat(folder, leftovers[i], 0);
    unlinkat(parent, name, AT_REMOVEDIR);
}

static void remove_if_abandoned(int parent, const char *name)
{
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (folder < 0)
        return;
    if (flock(folder, LOCK_EX | LOCK_NB) == 0)
        remove_room(parent, name, folder);
    close(folder);
}

/* Removes what killed processes left behind. */
static void clean_up(const char *parent)
{
    DIR *dir = opendir(parent);
    const struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        if (g_str_has_prefix(entry->d_name, FOLDER_PREFIX))
            remove_if_abandoned(dirfd(dir), entry->d_name);
    }
    if (dir)
        closedir(dir);
}

/* Locks the folder before somebody else takes it for abandoned; false if that came too late. */
static bool lock_room(struct copy_room *room)
{
    struct stat status;

    room->lock = open(room->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (room->lock >= 0 && flock(room->lock, LOCK_EX | LOCK_NB) == 0 &&
        fstat(room->lock, &status) == 0 && status.st_nlink > 0)
        return true;
    if (room->lock >= 0)
        close(room->lock);
    room->lock = -1;
    return false;
}

static struct copy_room *make_room(const char *parent, GError **error)
{
    struct copy_room *room;

    if (!folder_make_private(parent, error))
        return NULL;
    clean_up(parent);
    for (int i = 0; i < MAX_TRIES; i++) {
        g_autofree char *folder = g_build_filename(parent, FOLDER_PREFIX "XXXXXX", NULL);
        if (!mkdtemp(folder)) {
            int saved = errno;
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        _("%s: no folder can be made there: %s"), parent, g_strerror(saved));
            return NULL;
        }
        room = g_new0(struct copy_room, 1);
        room->copy = g_build_filename(folder, COPY_NAME, NULL);
        room->folder = g_steal_pointer(&folder);
        if (lock_room(room))
            return room;
        copy_room_free(room);
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s: the folder can't be locked"),
                parent);
    return NULL;
}

struct copy_room *copy_room_new(const struct paths *paths, const char *runtime, GError **error)
{
    g_autoptr(GError) first_error = NULL;
    struct copy_room *room = NULL;

    /* Also where this run would not go: what a killed one left there are cookies. */
    for (char **folder = paths->store_folders; *folder; folder++) {
        if (folder_is_own(*folder))
            clean_up(*folder);
    }
    if (runtime && g_path_is_absolute(runtime) && g_file_test(runtime, G_FILE_TEST_IS_DIR)) {
        g_autofree char *parent = g_build_filename(runtime, "usageline", NULL);
        room = make_room(parent, NULL); /* the next place does as well */
    }
    for (char **folder = paths->store_folders; !room && *folder; folder++)
        room = make_room(*folder, first_error ? NULL : &first_error);
    if (!room)
        g_propagate_error(error, g_steal_pointer(&first_error));
    return room;
}

void copy_room_free(struct copy_room *room)
{
    if (!room)
        return;
    if (room->lock >= 0) {
        remove_room(AT_FDCWD, room->folder, room->lock);
        close(room->lock);
    }
    g_free(room->folder);
    g_free(room->copy);
    g_free(room);
}

void copy_room_empty(struct copy_room *room)
{
    for (gsize i = 0; i < G_N_ELEMENTS(leftovers); i++)
        unlinkat(room->lock, leftovers[i], 0);
}

/* Lets the system copy, by reference where the file system can. */
static bool copy_bytes(int from, int to, gsize size)
{
    gsize done = 0;

    while (done < size) {
        gssize got = copy_file_range(from, NULL, to, NULL, size - done, 0);
        if (got < 0 && errno != EINTR) /* not between these two file systems */
            got = sendfile(to, from, NULL, size - done);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        done += got > 0 ? (gsize)got : 0;
    }
    return done == size;
}

static bool copy_open_file(struct copy_room *room, int from, const char *suffix, GError **error)
{
    g_autofree char *name = g_strconcat(COPY_NAME, suffix, NULL);
    struct stat status;
    bool copied;
    int to;

    if (fstat(from, &status) < 0 || status.st_size > STORE_MAX_BYTES) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it is larger than %d MiB"),
                    STORE_MAX_BYTES / 1024 / 1024);
        return false;
    }
    to = openat(room->lock, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    copied = to >= 0 && copy_bytes(from, to, (gsize)status.st_size);
    if (to >= 0 && close(to) < 0)
        copied = false;
    if (!copied)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it can't be copied to %s"),
                    room->folder);
    return copied;
}

/* One file of the database; one that is not there need not be copied, but the first. */
static bool copy_file(struct copy_room *room, const char *path, const char *suffix, GError **error)
{
    g_autofree char *file = g_strconcat(path, suffix, NULL);
    bool copied;
    int from;

    if (suffix[0] != '\0' && access(file, F_OK) < 0 && errno == ENOENT)
        return true;
    from = quiet_open(file, error);
    if (from < 0)
        return false;
    copied = copy_open_file(room, from, suffix, error);
    close(from);
    return copied;
}

/* Whether a file that was last written then may be written again without a sign of it. */
static bool is_settled(gint64 newest, gint64 began)
{
    return ABS(began - newest) > SETTLED;
}

/* Whether the copied journal names a super-journal at its end (SQLite's file format, 3): rolling it
 * back would make SQLite look for that file, and delete it, wherever it is. A browser's own
 * journals name none. */
static bool has_super_journal(const struct copy_room *room)
{
    static const guint8 magic[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    int fd = openat(room->lock, COPY_NAME "-journal", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    guint8 end[sizeof magic] = {0};
    bool has = false;

    if (fd < 0)
        return false;
    if (lseek(fd, -(off_t)sizeof end, SEEK_END) >= 0)
        has = read(fd, end, sizeof end) != sizeof end || memcmp(end, magic, sizeof end) == 0;
    close(fd);
    return has;
}

static bool copy_files(struct copy_room *room, const char *path, GError **error)
{
    bool copied = true;

    copy_room_empty(room);
    for (gsize part = 0; copied && part < G_N_ELEMENTS(suffixes); part++)
        copied = copy_file(room, path, suffixes[part], error);
    if (!copied || !has_super_journal(room))
        return copied;
    copy_room_empty(room);
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        _("its journal names another file, which no browser's does"));
    return false;
}

const char *copy_room_take(struct copy_room *room, const char *path, char **stamp, GError **error)
{
    g_autoptr(GError) problem = NULL;

    for (int i = 0; i < MAX_TRIES; i++) {
        gint64 newest, ignored;

        if (i > 0)
            g_usleep(PAUSE);
        g_clear_error(&problem);
        gint64 began = g_get_real_time();
        g_autofree char *before = take_stamp(path, &newest);
        bool copied = copy_files(room, path, &problem);
        g_autofree char *after = take_stamp(path, &ignored);
        if (strcmp(before, after) != 0 || (copied && !is_settled(newest, began)))
            continue;
        if (copied) {
            *stamp = g_steal_pointer(&before);
            return room->copy;
        }
        break;
    }
    copy_room_empty(room);
    if (problem)
        g_propagate_error(error, g_steal_pointer(&problem));
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                    _("the browser writes to it all the time; try again later"));
    return NULL;
}
