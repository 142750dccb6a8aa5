#include "plugins/support/quiet_file.h"

#include "common/error.h"
#include "common/i18n.h"
#include "common/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* O_NOATIME is for a file's owner alone. */
static int open_without_trace(const char *path, int flags)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOATIME | flags);

    return fd < 0 && errno == EPERM
               ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags)
               : fd;
}

/* NULL if it is what it should be. */
static const char *find_fault(const struct stat *status)
{
    if (!S_ISREG(status->st_mode))
        return _("it is not a regular file");
    return status->st_uid != geteuid() ? _("it belongs to another user") : NULL;
}

int quiet_open(const char *path, GError **error)
{
    int fd = open_without_trace(path, 0);
    struct stat status;
    const char *fault;

    if (fd < 0) {
        int saved = errno;
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it can't be opened: %s"),
                    g_strerror(saved));
        return -1;
    }
    fault = fstat(fd, &status) < 0 ? _("it can't be examined") : find_fault(&status);
    if (fault) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, fault);
        close(fd);
        return -1;
    }
    return fd;
}

/* Reads until the end, at most `size` bytes; -1 on failure. */
static gssize quiet_read_all(int fd, char *text, gsize size)
{
    gsize done = 0;
    gssize got = 1;

    while (done < size && got != 0) {
        got = read(fd, text + done, size - done);
        if (got < 0 && errno != EINTR)
            return -1;
        done += got > 0 ? (gsize)got : 0;
    }
    return (gssize)done;
}

char *quiet_read(const char *path, gsize max, gsize *length, GError **error)
{
    struct stat status;
    gssize done;
    char *text;
    int fd;

    if (stat(path, &status) < 0 && (errno == ENOENT || errno == ENOTDIR))
        return NULL;
    fd = quiet_open(path, error);
    if (fd < 0)
        return NULL;
    text = g_malloc(max + 1);
    done = quiet_read_all(fd, text, max + 1);
    close(fd);
    if (done < 0 || (gsize)done > max) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                    done < 0 ? _("it can't be read") : _("it is larger than %zu bytes"), max);
        explicit_bzero(text, max + 1);
        g_free(text);
        return NULL;
    }
    text[done] = '\0';
    *length = (gsize)done;
    return text;
}

static bool is_folder(int parent, const struct dirent *entry)
{
    struct stat status;

    if (entry->d_name[0] == '.')
        return false;
    return fstatat(parent, entry->d_name, &status, 0) == 0 && S_ISDIR(status.st_mode);
}

char **quiet_list_folders(const char *path, guint max)
{
    GPtrArray *names = g_ptr_array_new();
    int fd = open_without_trace(path, O_DIRECTORY);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    const struct dirent *entry;

    while (dir && names->len < max && (entry = readdir(dir))) {
        if (is_folder(fd, entry))
            g_ptr_array_add(names, g_strdup(entry->d_name));
    }
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
    g_ptr_array_sort(names, text_compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}
