#include "common/setup/apply.h"

#include "common/base/paths.h"
#include "common/setup/backup.h"
#include "common/setup/fit.h"
#include "common/setup/replacement.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_TRIES 60    /* for a lock that another setup holds: 3 seconds */
#define LOCK_PAUSE 50000 /* microseconds between them */

static void apply_free_write(struct setup_write *write)
{
    g_free(write->after);
    g_array_unref(write->edits);
    g_free(write->backup);
    g_free(write->original);
    g_ptr_array_free(write->obsolete, TRUE);
    g_free(write);
}

static GArray *apply_replace_all(const struct setup_write *write)
{
    GArray *edits = setup_edits_new();

    setup_edits_add(edits, 0, write->before ? strlen(write->before) : 0,
                    write->after ? write->after : "");
    return edits;
}

/* Takes out only what setup has added: `edits` and `after` of a write that has none yet. */
static void apply_plan_undo(const struct setup_file *file, struct setup_write *write)
{
    char *original = setup_backup_original_name(file->target);
    g_autofree char *original_text = setup_text_read(original, NULL);
    char *restored;

    write->edits = file->backup ? setup_edits_fit(file->edits, file->text, file->backup)
                                : g_array_ref(file->edits);
    write->after = setup_edits_apply(write->edits, file->text);
    restored = setup_backup_find(file->target, write->after);
    write->is_restored = restored != NULL;
    if (restored)
        g_ptr_array_add(write->obsolete, restored);
    g_ptr_array_add(write->obsolete, original);
    if (file->is_changed_by_user)
        write->backup = setup_backup_undone_name(file->target, file->text);
    if (original_text ? strcmp(write->after, original_text) == 0
                      : !file->backup && write->after[0] == '\0')
        g_clear_pointer(&write->after, g_free);
}

static void apply_plan_setup(const struct setup_file *file, struct setup_write *write)
{
    struct stat status;

    write->after = setup_file_result(file);
    if (file->is_there) {
        write->edits = g_array_ref(file->edits);
        write->backup = setup_backup_name(file->target, file->text);
    } else if (file->original) {
        write->original = setup_backup_original_name(file->target);
        write->original_text = file->text;
        write->is_private = stat(file->original, &status) == 0 && (status.st_mode & S_IROTH) == 0;
    }
}

static struct setup_write *apply_new_write(const struct setup_file *file, bool is_undo)
{
    struct setup_write *write = g_new0(struct setup_write, 1);

    write->path = file->path;
    write->target = file->target;
    write->before = file->is_there ? file->text : NULL;
    write->obsolete = g_ptr_array_new_with_free_func(g_free);
    if (is_undo && !file->is_deleted)
        apply_plan_undo(file, write);
    else if (!file->is_deleted)
        apply_plan_setup(file, write);
    if (!write->edits || !write->after) {
        g_clear_pointer(&write->edits, g_array_unref);
        write->edits = apply_replace_all(write);
    }
    return write;
}

GPtrArray *setup_writes_new(const struct setup_plan *plan, bool is_undo)
{
    GPtrArray *writes = g_ptr_array_new_with_free_func((GDestroyNotify)apply_free_write);

    for (guint i = 0; i < plan->files->len; i++) {
        const struct setup_file *file = plan->files->pdata[i];
        if (setup_file_is_changed(file))
            g_ptr_array_add(writes, apply_new_write(file, is_undo));
    }
    return writes;
}

static bool apply_replace(struct replacement replacement, GError **error)
{
    return replacement_prepare(&replacement, error) && replacement_commit(&replacement, error);
}

/* Keeps the copies that are not there yet; sets `kept` if it makes one. */
static bool apply_keep_copy(const struct setup_write *write, bool *kept, GError **error)
{
    if (write->original) {
        unlink(write->original); /* of a file that the user has deleted since */
        *kept = apply_replace((struct replacement){.path = write->original,
                                                   .after = write->original_text,
                                                   .is_private = write->is_private},
                              error);
        return *kept;
    }
    if (!write->backup)
        return true;
    /* One that is there already gets the mode that the file has by now. */
    bool is_there = access(write->backup, F_OK) == 0;
    bool done = apply_replace((struct replacement){.path = write->backup,
                                                   .before = is_there ? write->before : NULL,
                                                   .after = write->before,
                                                   .like = write->target},
                              error);
    *kept = done && !is_there;
    return done;
}

static void apply_drop_copy(const struct setup_write *write)
{
    unlink(write->original ? write->original : write->backup);
}

static bool apply_one(const struct setup_write *write, bool *kept, GError **error)
{
    return apply_keep_copy(write, kept, error) &&
           apply_replace((struct replacement){.path = write->target,
                                              .before = write->before,
                                              .after = write->after,
                                              .like = write->before ? write->target : NULL,
                                              .is_private = write->is_private},
                         error);
}

/* If a file can't be taken back, its copy stays. */
static void apply_take_back(struct setup_write *write, bool kept)
{
    write->is_stuck =
        !apply_replace((struct replacement){.path = write->target,
                                            .before = write->after,
                                            .after = write->before,
                                            .like = write->after ? write->target : NULL,
                                            .is_private = true},
                       NULL);
    if (!write->is_stuck && kept)
        apply_drop_copy(write);
}

static bool apply_all(const GPtrArray *writes, GError **error)
{
    g_autofree bool *kept = g_new0(bool, writes->len);

    for (guint i = 0; i < writes->len; i++) {
        const struct setup_write *failed = writes->pdata[i];

        if (apply_one(failed, &kept[i], error))
            continue;
        if (kept[i])
            apply_drop_copy(failed);
        for (guint j = i; j > 0; j--)
            apply_take_back(writes->pdata[j - 1], kept[j - 1]);
        return false;
    }
    for (guint i = 0; i < writes->len; i++) {
        const struct setup_write *write = writes->pdata[i];
        for (guint j = 0; j < write->obsolete->len; j++)
            unlink(write->obsolete->pdata[j]);
    }
    return true;
}

/* One setup at a time, so that none takes back what another has written. The home folder is the one
 * thing that they share. If it can't be locked, or another program, which may be of another user,
 * keeps it locked, setup goes on without a lock. */
static int apply_lock_home(void)
{
    g_autofree char *home = paths_home();
    int fd = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    for (int i = 0; fd >= 0 && i < LOCK_TRIES && flock(fd, LOCK_EX | LOCK_NB) < 0; i++)
        g_usleep(LOCK_PAUSE);
    return fd;
}

bool setup_writes_apply(const GPtrArray *writes, GError **error)
{
    int lock = apply_lock_home();
    bool done = apply_all(writes, error);

    if (lock >= 0)
        close(lock);
    return done;
}
