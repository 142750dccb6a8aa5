#include "plugins/browsers/copy_room.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_PREFIX "cookies-" /* as those of older versions, which may have left some behind */
#define MAX_LEFTOVERS 16384      /* files of one folder; a copy and what databases add has fewer */
#define MAX_TRIES     6
#define PAUSE         (20 * 1000) /* microseconds between two tries */

/* A write of this moment may carry the same time as the one after it: clocks of file systems tick
 * every 4 or 10 milliseconds. */
#define SETTLED (20 * G_TIME_SPAN_MILLISECOND)

struct copy_room {
    char *folder;
    int lock; /* the folder itself: as long as it is locked, somebody works in it */
};

/* Folders are not removed: neither a copy nor a database has any. */
static void room_remove_files(int folder)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again < 0 ? NULL : fdopendir(again);
    const struct dirent *entry;

    for (guint i = 0; dir && i < MAX_LEFTOVERS && (entry = readdir(dir)); i++)
        unlinkat(folder, entry->d_name, 0); /* not "." and "..", which are none */
    if (dir)
        closedir(dir);
    else if (again >= 0)
        close(again);
}

static void room_remove(int parent, const char *name, int folder)
{
    room_remove_files(folder);
    unlinkat(parent, name, AT_REMOVEDIR);
}

static void room_remove_if_abandoned(int parent, const char *name)
{
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (folder < 0)
        return;
    if (flock(folder, LOCK_EX | LOCK_NB) == 0)
        room_remove(parent, name, folder);
    close(folder);
}

/* Removes what killed processes left behind. */
static void room_clean_up(const char *parent)
{
    DIR *dir = opendir(parent);
    const struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        if (g_str_has_prefix(entry->d_name, FOLDER_PREFIX))
            room_remove_if_abandoned(dirfd(dir), entry->d_name);
    }
    if (dir)
        closedir(dir);
}

/* Locks the folder before somebody else takes it for abandoned; false if that came too late. */
static bool room_lock(struct copy_room *room)
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

static struct copy_room *room_make(const char *parent, GError **error)
{
    struct copy_room *room;

    if (!folder_make_private(parent, error))
        return NULL;
    room_clean_up(parent);
    for (int i = 0; i < MAX_TRIES; i++) {
        g_autofree char *folder = g_build_filename(parent, FOLDER_PREFIX "XXXXXX", NULL);
        if (!mkdtemp(folder)) {
            int saved = errno;
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        _("%s: no folder can be made there: %s"), parent, g_strerror(saved));
            return NULL;
        }
        room = g_new0(struct copy_room, 1);
        room->folder = g_steal_pointer(&folder);
        if (room_lock(room))
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
            room_clean_up(*folder);
    }
    if (runtime && g_path_is_absolute(runtime) && g_file_test(runtime, G_FILE_TEST_IS_DIR)) {
        g_autofree char *parent = g_build_filename(runtime, "usageline", NULL);
        room = room_make(parent, NULL); /* the next place does as well */
    }
    for (char **folder = paths->store_folders; !room && *folder; folder++)
        room = room_make(*folder, first_error ? NULL : &first_error);
    if (!room)
        g_propagate_error(error, g_steal_pointer(&first_error));
    return room;
}

void copy_room_free(struct copy_room *room)
{
    if (!room)
        return;
    if (room->lock >= 0) {
        room_remove(AT_FDCWD, room->folder, room->lock);
        close(room->lock);
    }
    g_free(room->folder);
    g_free(room);
}

const char *copy_room_folder(const struct copy_room *room)
{
    return room->folder;
}

int copy_room_descriptor(const struct copy_room *room)
{
    return room->lock;
}

void copy_room_empty(struct copy_room *room)
{
    room_remove_files(room->lock);
}

/* Lets the system copy, by reference where the file system can. */
static bool room_copy_bytes(int from, int to, gsize size)
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

bool copy_room_add(struct copy_room *room, int from, const char *name, gsize *left, GError **error)
{
    struct stat status;
    bool copied;
    int to;

    if (fstat(from, &status) < 0 || (guint64)status.st_size > *left) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it is larger than %d MiB"),
                    COPY_MAX_BYTES / 1024 / 1024);
        return false;
    }
    *left -= (gsize)status.st_size;
    to = openat(room->lock, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    copied = to >= 0 && room_copy_bytes(from, to, (gsize)status.st_size);
    if (to >= 0 && close(to) < 0)
        copied = false;
    if (!copied)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it can't be copied to %s"),
                    room->folder);
    return copied;
}

/* Whether a file that was last written then may be written again without a sign of it. */
static bool room_is_settled(gint64 newest, gint64 began)
{
    return ABS(began - newest) > SETTLED;
}

/* Whether the files were copied as they were at one moment; no error: they were changed meanwhile.
 */
static bool room_try(struct copy_room *room, const struct copy_method *method, const char *path,
                     char **stamp, gint64 *changed, GError **error)
{
    g_autoptr(GError) problem = NULL;
    gint64 began = g_get_real_time(), ignored;
    g_autofree char *before = method->stamp(path, changed, &problem);
    bool copied;

    copy_room_empty(room);
    copied = before && method->copy(room, path, &problem);
    g_autofree char *after = before ? method->stamp(path, &ignored, NULL) : NULL;
    if (g_strcmp0(before, after) != 0 || (copied && !room_is_settled(*changed, began)))
        return false;
    if (!copied)
        g_propagate_error(error, g_steal_pointer(&problem));
    else
        *stamp = g_steal_pointer(&before);
    return copied;
}

bool copy_room_take(struct copy_room *room, const struct copy_method *method, const char *path,
                    char **stamp, gint64 *changed, GError **error)
{
    g_autoptr(GError) problem = NULL;

    for (int i = 0; i < MAX_TRIES && !problem; i++) {
        if (i > 0)
            g_usleep(PAUSE);
        if (room_try(room, method, path, stamp, changed, &problem))
            return true;
    }
    copy_room_empty(room);
    if (problem)
        g_propagate_error(error, g_steal_pointer(&problem));
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                    _("the browser writes to it all the time; try again later"));
    return false;
}
