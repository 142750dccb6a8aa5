#include "common/base/file.h"

#include "common/base/error.h"
#include "common/base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h> /* rename */
#include <sys/auxv.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_TRIES 200
#define PAUSE     (5 * 1000) /* microseconds between two of them */

static bool file_fail(GError **error, const char *path, const char *what)
{
    int saved = errno;

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s: %s: %s"), path, what,
                g_strerror(saved));
    return false;
}

gssize file_read_all(int fd, char *buffer, gsize max)
{
    gsize length = 0;

    while (length < max) {
        gssize got = read(fd, buffer + length, max - length);
        if (got == 0)
            break;
        if (got > 0)
            length += (gsize)got;
        else if (errno != EINTR)
            return -1;
    }
    return (gssize)length;
}

static char *file_read_open(int fd, const char *path, gsize max, bool must_be_own, gsize *length,
                            GError **error)
{
    struct stat status;
    gssize got;

    if (fstat(fd, &status) < 0) {
        file_fail(error, path, _("can't be examined"));
        return NULL;
    }
    if (must_be_own && status.st_uid != getauxval(AT_EUID)) /* geteuid is a system call */
        return NULL;
    if (!S_ISREG(status.st_mode)) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s: is not a regular file"), path);
        return NULL;
    }
    if ((gsize)status.st_size > max) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s: is larger than %zu bytes"),
                    path, max);
        return NULL;
    }
    char *text = g_malloc((gsize)status.st_size + 1);
    got = file_read_all(fd, text, (gsize)status.st_size);
    if (got < 0) {
        file_fail(error, path, _("can't be read"));
        g_free(text);
        return NULL;
    }
    text[got] = '\0';
    *length = (gsize)got;
    return text;
}

static char *file_read_path(const char *path, gsize max, bool must_be_own, gsize *length,
                            GError **error)
{
    /* Not blocking, because a FIFO in a file's place must not hang a bar. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    char *text;

    if (fd < 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            file_fail(error, path, _("can't be opened"));
        return NULL;
    }
    text = file_read_open(fd, path, max, must_be_own, length, error);
    close(fd);
    return text;
}

char *file_read(const char *path, gsize max, gsize *length, GError **error)
{
    return file_read_path(path, max, false, length, error);
}

char *file_read_own(const char *path, gsize max, gsize *length)
{
    return file_read_path(path, max, true, length, NULL);
}

static bool file_wait_for_room(int fd)
{
    struct pollfd room = {.fd = fd, .events = POLLOUT};

    return poll(&room, 1, -1) >= 0 || errno == EINTR;
}

bool file_write_all(int fd, const void *data, gsize length)
{
    const char *rest = data;

    while (length > 0) {
        gssize written = write(fd, rest, length);

        if (written < 0 && errno == EAGAIN && file_wait_for_room(fd))
            continue;
        if (written < 0 && errno != EINTR)
            return false;
        rest += MAX(written, 0);
        length -= (gsize)MAX(written, 0);
    }
    return true;
}

/* Whether the path still leads to the open file. */
static bool file_is_at(int fd, const char *path)
{
    struct stat here, there;

    return fstat(fd, &here) == 0 && lstat(path, &there) == 0 && here.st_dev == there.st_dev &&
           here.st_ino == there.st_ino;
}

/* Opens a file to write, empty and locked, once nobody else writes it. -1 and errno. */
static int file_open_alone(const char *path)
{
    for (int tries = 0; tries < MAX_TRIES; tries++) {
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);

        if (fd < 0)
            return -1;
        if (flock(fd, LOCK_EX | LOCK_NB) == 0 && file_is_at(fd, path) && ftruncate(fd, 0) == 0)
            return fd;
        close(fd);
        g_usleep(PAUSE);
    }
    errno = EBUSY;
    return -1;
}

bool file_replace(const char *path, const char *data, gsize length, GError **error)
{
    /* Not a random name: the next call overwrites what a killed process has left behind. */
    g_autofree char *temporary = g_strconcat(path, ".tmp", NULL);
    int fd = file_open_alone(temporary);

    if (fd < 0)
        return file_fail(error, path, _("can't be written"));
    bool is_written = fchmod(fd, 0600) == 0 && file_write_all(fd, data, length) && fsync(fd) == 0 &&
                      rename(temporary, path) == 0;
    if (!is_written) {
        file_fail(error, path, _("can't be written"));
        unlink(temporary);
    }
    close(fd); /* and with it the lock, only now that the file has its name */
    return is_written;
}

bool folder_is_own(const char *path)
{
    struct stat name, folder;

    return lstat(path, &name) == 0 && name.st_uid == geteuid() && stat(path, &folder) == 0 &&
           S_ISDIR(folder.st_mode) && folder.st_uid == geteuid();
}

bool folder_make_private(const char *path, GError **error)
{
    struct stat status;

    if (g_mkdir_with_parents(path, 0700) < 0)
        return file_fail(error, path, _("can't be made"));
    if (stat(path, &status) < 0)
        return file_fail(error, path, _("can't be examined"));
    if (!folder_is_own(path)) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                    _("%s: is not a folder that belongs to you"), path);
        return false;
    }
    if ((status.st_mode & 077) != 0 && chmod(path, 0700) < 0)
        return file_fail(error, path, _("can't be made private"));
    return true;
}

const char *folder_use_first(char *const *folders,
                             bool (*use)(const char *folder, gpointer data, GError **error),
                             gpointer data, GError **error)
{
    GError *first = NULL;

    for (; *folders; folders++) {
        GError **problem = first ? NULL : &first;

        if (folder_make_private(*folders, problem) && use(*folders, data, problem)) {
            g_clear_error(&first);
            return *folders;
        }
    }
    g_propagate_error(error, first);
    return NULL;
}

int file_lock(const char *path, GError **error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0) {
        file_fail(error, path, _("can't be opened"));
        return -1;
    }
    while (flock(fd, LOCK_EX) < 0) {
        if (errno == EINTR)
            continue;
        file_fail(error, path, _("can't be locked"));
        close(fd);
        return -1;
    }
    return fd;
}
