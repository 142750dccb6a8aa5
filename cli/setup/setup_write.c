/* Carries a plan out: all of its files, or none. */
#include "cli/setup/setup.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"
#include "common/setup/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILE    (1024 * 1024) /* bytes */
#define MODE_OF_NEW 0644          /* bars' configurations are no secret */

static void write_free(struct setup_write *write)
{
    g_free(write->path);
    g_free(write->target);
    g_free(write->before);
    g_free(write->after);
    g_free(write->backup);
    g_free(write);
}

static char *read_whole(const char *path)
{
    gsize length = 0;

    return file_read(path, MAX_FILE, &length, NULL);
}

/* What setup has found there, if what it has added is all that has come since. */
static void restore_backup(struct setup_write *write)
{
    g_auto(GStrv) names = setup_backup_list(write->target);

    for (guint i = g_strv_length(names); i > 0; i--) {
        g_autofree char *text = read_whole(names[i - 1]);

        if (!text || !setup_texts_are_alike(text, write->after))
            continue;
        g_free(write->after);
        write->after = g_steal_pointer(&text);
        write->backup = g_strdup(names[i - 1]);
        write->is_restored = true;
        return;
    }
}

/* Without a backup, a file that holds no more than a copy of the system's, or nothing, is one that
 * setup has made. */
static void restore_absence(const struct setup_file *file, struct setup_write *write)
{
    g_autofree char *original = file->original ? read_whole(file->original) : NULL;

    if (file->backup)
        return;
    if (write->after[0] == '\0' || (original && setup_texts_are_alike(original, write->after)))
        g_clear_pointer(&write->after, g_free);
}

static struct setup_write *write_new(const struct setup_file *file, bool is_undo)
{
    struct setup_write *write = g_new0(struct setup_write, 1);

    write->path = g_strdup(file->path);
    write->target = g_strdup(file->target);
    write->before = file->is_there ? g_strdup(file->text) : NULL;
    write->after = file->is_deleted ? NULL : setup_file_result(file);
    if (is_undo && write->after) {
        restore_backup(write);
        restore_absence(file, write);
    }
    if (!is_undo && write->before)
        write->backup = setup_backup_name(write->target, write->before);
    return write;
}

GPtrArray *setup_writes_new(const struct setup_plan *plan, bool is_undo)
{
    GPtrArray *writes = g_ptr_array_new_with_free_func((GDestroyNotify)write_free);

    for (guint i = 0; i < plan->files->len; i++) {
        const struct setup_file *file = plan->files->pdata[i];
        if (file->changes->len > 0 || file->is_deleted)
            g_ptr_array_add(writes, write_new(file, is_undo));
    }
    return writes;
}

bool setup_writes_are_allowed(const struct setup_plan *plan, const GPtrArray *writes,
                              GError **error)
{
    for (guint i = 0; i < plan->files->len; i++) {
        const struct setup_file *file = plan->files->pdata[i];

        if (!file->obstacle || (file->changes->len == 0 && !file->is_deleted))
            continue;
        if (strcmp(file->path, file->target) == 0)
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: is left alone, for it %s"),
                        file->path, file->obstacle);
        else
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("%s: is left alone, for it %s: %s"), file->path, file->obstacle,
                        file->target);
        return false;
    }
    return writes != NULL;
}

static bool fail(GError **error, const char *path, const char *what)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s: %s: %s"), path, what,
                g_strerror(errno));
    return false;
}

/* Replaces a file in one step; it keeps its mode. */
static bool put(const char *path, const char *text, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *temporary = g_strconcat(path, ".usageline-XXXXXX", NULL);
    struct stat status;
    mode_t mode = stat(path, &status) == 0 ? status.st_mode & 07777 : MODE_OF_NEW;
    int fd;

    if (g_mkdir_with_parents(folder, 0755) < 0)
        return fail(error, folder, _("can't be made"));
    fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(error, path, _("can't be written"));
    bool written =
        file_write_all(fd, text, strlen(text)) && fchmod(fd, mode) == 0 && fsync(fd) == 0;
    if (close(fd) < 0 || !written || rename(temporary, path) < 0) {
        fail(error, path, _("can't be written"));
        unlink(temporary);
        return false;
    }
    return true;
}

static bool is_as_it_was_read(const struct setup_write *write, GError **error)
{
    g_autofree char *now = read_whole(write->target);

    if (g_strcmp0(now, write->before) == 0)
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("%s: has changed meanwhile; run the command again"), write->path);
    return false;
}

/* Keeps a copy, if there is none of this text yet; `kept` tells whether it has been made now. */
static bool keep_copy(const struct setup_write *write, bool *kept, GError **error)
{
    struct stat status;

    if (!write->backup || write->is_restored || access(write->backup, F_OK) == 0)
        return true;
    if (!put(write->backup, write->before, error))
        return false;
    *kept = true;
    /* A copy is for its owner to read, as the file is. */
    if (stat(write->target, &status) == 0 && chmod(write->backup, status.st_mode & 0777) == 0)
        return true;
    return fail(error, write->backup, _("can't get the mode of the file"));
}

static bool apply(const struct setup_write *write, bool *kept, GError **error)
{
    if (!is_as_it_was_read(write, error) || !keep_copy(write, kept, error))
        return false;
    if (write->after)
        return put(write->target, write->after, error);
    return unlink(write->target) == 0 || fail(error, write->path, _("can't be deleted"));
}

/* What can't be taken back is told: the copy is there then. */
static void take_back(const struct setup_write *write, bool kept)
{
    g_autoptr(GError) error = NULL;
    bool done =
        write->before ? put(write->target, write->before, &error) : unlink(write->target) == 0;

    if (!done && write->backup)
        fprintf(stderr, _("usageline: %s could not be taken back; what it was is in %s\n"),
                write->path, write->backup);
    else if (!done)
        fprintf(stderr, _("usageline: %s could not be taken back\n"), write->path);
    else if (kept)
        unlink(write->backup);
}

static bool apply_all(const GPtrArray *writes, GError **error)
{
    g_autofree bool *kept = g_new0(bool, writes->len);

    for (guint i = 0; i < writes->len; i++) {
        const struct setup_write *failed = writes->pdata[i];

        if (apply(failed, &kept[i], error))
            continue;
        if (kept[i])
            unlink(failed->backup);
        for (guint j = i; j > 0; j--)
            take_back(writes->pdata[j - 1], kept[j - 1]);
        return false;
    }
    for (guint i = 0; i < writes->len; i++) {
        const struct setup_write *write = writes->pdata[i];
        if (write->is_restored)
            unlink(write->backup);
    }
    return true;
}

/* One setup at a time: none takes back what another has written. The home folder is the one thing
 * that all of them have; where it can't be locked, it is done without. */
static int lock_home(void)
{
    g_autofree char *home = paths_home();
    int fd = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0)
        flock(fd, LOCK_EX);
    return fd;
}

bool setup_writes_apply(const GPtrArray *writes, GError **error)
{
    int lock = lock_home();
    bool done = apply_all(writes, error);

    if (lock >= 0)
        close(lock);
    return done;
}
