#include "plugins/support/quiet_file.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

/* Only a file's owner may use O_NOATIME. */
static int quiet_open_at(int folder, const char *name, int flags)
{
    int fd = openat(folder, name, FLAGS | O_NOATIME | flags);

    if (fd < 0 && errno == EPERM)
        fd = openat(folder, name, FLAGS | flags);
    return fd;
}

/* Returns what is wrong, in words; NULL if nothing is. */
static const char *quiet_find_fault(int fd, mode_t type)
{
    struct stat status;

    if (fstat(fd, &status) < 0)
        return _("it can't be examined");
    if ((status.st_mode & S_IFMT) != type)
        return type == S_IFDIR ? _("it is not a folder") : _("it is not a regular file");
    return status.st_uid != geteuid() ? _("it belongs to another user") : NULL;
}

static int quiet_open_type(int folder, const char *name, int flags, mode_t type, GError **error)
{
    int fd = quiet_open_at(folder, name, flags);
    const char *fault;

    if (fd < 0) {
        int saved = errno;
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it can't be opened: %s"),
                    g_strerror(saved));
        return -1;
    }
    fault = quiet_find_fault(fd, type);
    if (!fault)
        return fd;
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, fault);
    close(fd);
    return -1;
}

int quiet_open(const char *path, GError **error)
{
    return quiet_open_type(AT_FDCWD, path, 0, S_IFREG, error);
}

int quiet_open_folder(const char *path, GError **error)
{
    return quiet_open_type(AT_FDCWD, path, 0, S_IFDIR, error);
}

int quiet_open_in(int folder, const char *name, GError **error)
{
    return quiet_open_type(folder, name, O_NOFOLLOW, S_IFREG, error);
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
    done = file_read_all(fd, text, max + 1);
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

static bool quiet_is_folder(int parent, const struct dirent *entry)
{
    struct stat status;

    if (entry->d_name[0] == '.')
        return false;
    return fstatat(parent, entry->d_name, &status, 0) == 0 && S_ISDIR(status.st_mode);
}

char **quiet_list_folders(const char *path, const char *prefix, guint max)
{
    GPtrArray *names = g_ptr_array_new();
    DIR *dir = fdopendir(quiet_open_at(AT_FDCWD, path, O_DIRECTORY));
    const struct dirent *entry;
    guint seen = 0;

    while (dir && names->len < max && ++seen <= QUIET_MAX_ENTRIES && (entry = readdir(dir))) {
        if ((!prefix || g_str_has_prefix(entry->d_name, prefix)) &&
            quiet_is_folder(dirfd(dir), entry))
            g_ptr_array_add(names, g_strdup(entry->d_name));
    }
    if (dir)
        closedir(dir);
    g_ptr_array_sort(names, text_compare);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}
