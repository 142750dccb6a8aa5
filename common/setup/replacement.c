#include "common/setup/replacement.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/setup/attributes.h"
#include "common/setup/edit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NEW_FILE_MODE 0644 /* less the umask; bars' configurations are no secret */
#define MAX_TRIES     100  /* to give a path back while another program goes on saving */
#define PAUSE         1000 /* microseconds between them */

static bool replacement_fail(GError **error, const char *path, const char *what)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s: %s: %s"), path, what,
                g_strerror(errno));
    return false;
}

static bool replacement_refuse(const char *path, GError **error)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("%s: has changed meanwhile; run the command again"), path);
    return false;
}

/* As renameat2(2), which not every C library has. */
static int replacement_rename(const char *from, const char *to, unsigned flags)
{
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags);
}

/* Whether the file system, or the kernel, has no such renaming. */
static bool replacement_lacks_rename(void)
{
    return errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
}

/* Whether a program has the file open to write: it may have emptied it already, and what it saves
 * next would go where nobody finds it. False if the file system can't say. */
static bool replacement_is_being_written(const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool is_open = fd >= 0 && fcntl(fd, F_SETLEASE, F_RDLCK) < 0 && errno == EAGAIN;

    if (fd >= 0)
        close(fd); /* with it the lease goes */
    return is_open;
}

/* The text of a regular file that nobody is writing, or NULL. */
static char *replacement_read(const struct replacement *replacement, const char *path)
{
    struct stat status;

    if (lstat(path, &status) < 0 || !S_ISREG(status.st_mode) ||
        (replacement->sees_writers && replacement_is_being_written(path)))
        return NULL;
    return setup_text_read(path, NULL);
}

static bool replacement_holds(const struct replacement *replacement, const char *path,
                              const char *text)
{
    g_autofree char *found = replacement_read(replacement, path);

    return found && strcmp(found, text) == 0;
}

static bool replacement_is_missing(const char *path)
{
    struct stat status;

    return lstat(path, &status) < 0 && errno == ENOENT;
}

static bool replacement_copy_attributes(const char *like, int fd)
{
    int from = open(like, O_RDONLY | O_CLOEXEC);
    bool done = from >= 0 && attributes_copy(from, fd);
    int reason = errno;

    if (from >= 0)
        close(from);
    errno = reason;
    return done;
}

bool replacement_prepare(struct replacement *replacement, GError **error)
{
    const char *text = replacement->after ? replacement->after : "";
    g_autofree char *folder = g_path_get_dirname(replacement->path);
    g_autofree char *temporary = g_strconcat(replacement->path, ".usageline-XXXXXX", NULL);
    int fd;

    if (g_mkdir_with_parents(folder, 0755) < 0)
        return replacement_fail(error, folder, _("can't be made"));
    fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC,
                        replacement->like || replacement->is_private ? 0600 : NEW_FILE_MODE);
    if (fd < 0)
        return replacement_fail(error, replacement->path, _("can't be written"));
    if (replacement->like && !replacement_copy_attributes(replacement->like, fd))
        replacement_fail(error, replacement->path, _("can't keep its group or attributes"));
    else if (!file_write_all(fd, text, strlen(text)) || fsync(fd) < 0)
        replacement_fail(error, replacement->path, _("can't be written"));
    else
        replacement->temporary = g_steal_pointer(&temporary);
    close(fd);
    /* Some file systems say so of every file. */
    replacement->sees_writers =
        replacement->temporary && !replacement_is_being_written(replacement->temporary);
    if (temporary)
        unlink(temporary);
    return !temporary;
}

/* After an exchange that has brought out another text than expected: gives the path back what was
 * there, or what has been saved there since. False if that fails. */
static bool replacement_give_back(const struct replacement *replacement)
{
    const char *path = replacement->path, *temporary = replacement->temporary;
    g_autofree char *at_path = g_strdup(replacement->after);

    for (int i = 0; i < MAX_TRIES; i++) {
        char *given = replacement_read(replacement, temporary);

        if (replacement_rename(temporary, path, RENAME_EXCHANGE) < 0) {
            g_free(given);
            return replacement_rename(temporary, path, RENAME_NOREPLACE) == 0;
        }
        /* If it is not what the path had from us, it is a newer save. */
        bool is_ours = at_path && replacement_holds(replacement, temporary, at_path);
        g_free(at_path);
        at_path = given;
        if (is_ours)
            return true;
        g_usleep(PAUSE);
    }
    return false;
}

/* Sets `is_lost` if the temporary file has a text of the user that is nowhere else. */
static bool replacement_exchange(const struct replacement *replacement, bool *is_lost,
                                 GError **error)
{
    const char *path = replacement->path, *temporary = replacement->temporary;

    if (replacement_rename(temporary, path, RENAME_EXCHANGE) == 0) {
        if (replacement_holds(replacement, temporary, replacement->before))
            return true;
        *is_lost = !replacement_give_back(replacement);
        return replacement_refuse(path, error);
    }
    if (!replacement_lacks_rename())
        return errno == ENOENT ? replacement_refuse(path, error)
                               : replacement_fail(error, path, _("can't be written"));
    if (!replacement_holds(replacement, path, replacement->before))
        return replacement_refuse(path, error);
    return rename(temporary, path) == 0 || replacement_fail(error, path, _("can't be written"));
}

static bool replacement_create(const struct replacement *replacement, GError **error)
{
    const char *path = replacement->path, *temporary = replacement->temporary;

    if (replacement_rename(temporary, path, RENAME_NOREPLACE) == 0)
        return true;
    if (errno == EEXIST)
        return replacement_refuse(path, error);
    if (!replacement_lacks_rename())
        return replacement_fail(error, path, _("can't be written"));
    if (!replacement_is_missing(path))
        return replacement_refuse(path, error);
    return rename(temporary, path) == 0 || replacement_fail(error, path, _("can't be written"));
}

/* Takes the old file aside before it is compared, for a program may save at any moment. */
static bool replacement_delete(const struct replacement *replacement, bool *is_lost, GError **error)
{
    const char *path = replacement->path, *temporary = replacement->temporary;

    if (rename(path, temporary) < 0)
        return errno == ENOENT ? replacement_refuse(path, error)
                               : replacement_fail(error, path, _("can't be deleted"));
    if (replacement_holds(replacement, temporary, replacement->before))
        return true;
    /* Without a file system's help the test and the renaming are two steps. */
    *is_lost = replacement_rename(temporary, path, RENAME_NOREPLACE) < 0 &&
               (!replacement_lacks_rename() || !replacement_is_missing(path) ||
                rename(temporary, path) < 0);
    return replacement_refuse(path, error);
}

bool replacement_commit(struct replacement *replacement, GError **error)
{
    bool is_lost = false, done;

    if (!replacement->after)
        done = replacement_delete(replacement, &is_lost, error);
    else if (replacement->before)
        done = replacement_exchange(replacement, &is_lost, error);
    else
        done = replacement_create(replacement, error);
    if (is_lost)
        g_prefix_error(error, _("what was saved meanwhile is in %s\n"), replacement->temporary);
    else
        unlink(replacement->temporary);
    g_clear_pointer(&replacement->temporary, g_free);
    return done;
}
