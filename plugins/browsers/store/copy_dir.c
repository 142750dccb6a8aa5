#include "plugins/browsers/store/copy_dir.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <unistd.h>

#define FOLDER_PREFIX                                                                              \
    "cookies-" /* also of what is not a cookie: such folders of older versions are removed */
#define MAX_LEFTOVERS 16384 /* files of one folder; a copy and what databases add has fewer */
#define MAX_TRIES     6
#define PAUSE         (20 * 1000) /* microseconds between two tries */

/* File systems tick every 4 or 10 milliseconds: until this much later, the next write may get the
 * same time as the last one. */
#define SETTLED (20 * G_TIME_SPAN_MILLISECOND)

struct copy_dir {
    char *path;
    int lock; /* of the folder, which is in use while it is locked */
};

/* Leaves folders alone: neither a copy nor a database has any. */
static void copy_dir_remove_files(int folder)
{
    DIR *list = fdopendir(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const struct dirent *entry;

    for (guint i = 0; list && i < MAX_LEFTOVERS && (entry = readdir(list)); i++)
        unlinkat(folder, entry->d_name, 0); /* fails for "." and ".." */
    if (list)
        closedir(list);
}

static void copy_dir_remove(int parent, const char *name, int folder)
{
    copy_dir_remove_files(folder);
    unlinkat(parent, name, AT_REMOVEDIR);
}

static void copy_dir_remove_if_abandoned(int parent, const char *name)
{
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (folder < 0)
        return;
    if (flock(folder, LOCK_EX | LOCK_NB) == 0)
        copy_dir_remove(parent, name, folder);
    close(folder);
}

/* Removes what killed processes left behind. */
static void copy_dir_clean_up(const char *parent)
{
    DIR *list = opendir(parent);
    const struct dirent *entry;

    while (list && (entry = readdir(list))) {
        if (g_str_has_prefix(entry->d_name, FOLDER_PREFIX))
            copy_dir_remove_if_abandoned(dirfd(list), entry->d_name);
    }
    if (list)
        closedir(list);
}

/* Locks the new folder; false if another process has already removed it as abandoned. */
static bool copy_dir_lock(struct copy_dir *dir)
{
    struct stat status;

    dir->lock = open(dir->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return dir->lock >= 0 && flock(dir->lock, LOCK_EX | LOCK_NB) == 0 &&
           fstat(dir->lock, &status) == 0 && status.st_nlink > 0;
}

static struct copy_dir *copy_dir_make(const char *parent)
{
    if (!folder_make_private(parent, NULL))
        return NULL;
    copy_dir_clean_up(parent);
    for (int i = 0; i < MAX_TRIES; i++) {
        g_autofree char *path = g_build_filename(parent, FOLDER_PREFIX "XXXXXX", NULL);
        if (!mkdtemp(path))
            return NULL;
        struct copy_dir *dir = g_new0(struct copy_dir, 1);
        dir->path = g_steal_pointer(&path);
        if (copy_dir_lock(dir))
            return dir;
        copy_dir_free(dir);
    }
    return NULL;
}

struct copy_dir *copy_dir_new(const struct paths *paths, const char *runtime)
{
    struct copy_dir *dir = NULL;

    /* Also where this run would not go: a killed one may have left cookies there. */
    for (char **folder = paths->store_folders; *folder; folder++) {
        if (folder_is_own(*folder))
            copy_dir_clean_up(*folder);
    }
    if (runtime && g_path_is_absolute(runtime) && g_file_test(runtime, G_FILE_TEST_IS_DIR)) {
        g_autofree char *parent = g_build_filename(runtime, "usageline", NULL);
        dir = copy_dir_make(parent);
    }
    for (char **folder = paths->store_folders; !dir && *folder; folder++)
        dir = copy_dir_make(*folder);
    return dir;
}

void copy_dir_free(struct copy_dir *dir)
{
    if (!dir)
        return;
    if (dir->lock >= 0) {
        copy_dir_remove(AT_FDCWD, dir->path, dir->lock);
        close(dir->lock);
    }
    g_free(dir->path);
    g_free(dir);
}

const char *copy_dir_path(const struct copy_dir *dir)
{
    return dir->path;
}

void copy_dir_empty(struct copy_dir *dir)
{
    copy_dir_remove_files(dir->lock);
}

/* Lets the kernel copy; it shares blocks where the file system can. */
static bool copy_dir_copy_bytes(int from, int to, gsize size)
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

bool copy_dir_add(struct copy_dir *dir, int from, const char *name, gsize *left, GError **error)
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
    to = openat(dir->lock, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    copied = to >= 0 && copy_dir_copy_bytes(from, to, (gsize)status.st_size);
    if (to >= 0 && close(to) < 0)
        copied = false;
    if (!copied)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it can't be copied to %s"),
                    dir->path);
    return copied;
}

/* Copies the files once. False without an error: the browser wrote to them meanwhile, or so shortly
 * before that their times may not show it. */
static bool copy_dir_try(struct copy_dir *dir, const struct copy_method *method, const char *path,
                         char **stamp, gint64 *changed, GError **error)
{
    g_autoptr(GError) problem = NULL;
    gint64 began = g_get_real_time(), ignored;
    g_autofree char *before = method->stamp(path, changed, &problem);
    bool copied;

    copy_dir_empty(dir);
    copied = before && method->copy(dir, path, &problem);
    g_autofree char *after = before ? method->stamp(path, &ignored, NULL) : NULL;
    if (g_strcmp0(before, after) != 0 || (copied && ABS(began - *changed) <= SETTLED))
        return false;
    if (!copied)
        g_propagate_error(error, g_steal_pointer(&problem));
    else
        *stamp = g_steal_pointer(&before);
    return copied;
}

bool copy_dir_take(struct copy_dir *dir, const struct copy_method *method, const char *path,
                   char **stamp, gint64 *changed, GError **error)
{
    g_autoptr(GError) problem = NULL;

    for (int i = 0; i < MAX_TRIES && !problem; i++) {
        if (i > 0)
            g_usleep(PAUSE);
        if (copy_dir_try(dir, method, path, stamp, changed, &problem))
            return true;
    }
    copy_dir_empty(dir);
    if (problem)
        g_propagate_error(error, g_steal_pointer(&problem));
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                    _("the browser writes to it all the time; try again later"));
    return false;
}

void copy_stamp_append(GString *stamp, const char *name, const struct stat *status, gint64 *newest)
{
    const struct timespec *time = &status->st_mtim;
    gint64 changed = (gint64)time->tv_sec * G_USEC_PER_SEC + time->tv_nsec / 1000;

    g_string_append_printf(
        stamp, "%s:%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ".%09ld ", name,
        (guint64)status->st_ino, (gint64)status->st_size, (gint64)time->tv_sec, time->tv_nsec);
    *newest = MAX(*newest, changed);
}
