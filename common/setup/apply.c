#include "common/setup/apply.h"

#include "common/base/paths.h"
#include "common/setup/backup.h"
#include "common/setup/replacement.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static void apply_free_write(struct setup_write *write)
{
    g_free(write->after);
    g_array_unref(write->edits);
    g_free(write->backup);
    g_free(write);
}

/* Restores the newest backup that differs from the file only by what setup has added. */
static void apply_restore_backup(const struct setup_file *file, struct setup_write *write)
{
    g_auto(GStrv) backups = setup_backup_list(write->target);

    for (guint i = g_strv_length(backups); i > 0; i--) {
        g_autofree char *text = setup_text_read(backups[i - 1], NULL);

        if (!text || !setup_texts_are_alike(text, write->after))
            continue;
        write->edits = setup_edits_refine(file->edits, file->text, text);
        g_free(write->after);
        write->after = g_steal_pointer(&text);
        write->backup = g_strdup(backups[i - 1]);
        write->is_restored = true;
        return;
    }
}

/* Whether setup has made the file: it has no backup, and its text is empty or the system's. */
static bool apply_is_made_by_setup(const struct setup_file *file, const char *text)
{
    g_autofree char *original = file->original ? setup_text_read(file->original, NULL) : NULL;

    return !file->backup &&
           (text[0] == '\0' || (original && setup_texts_are_alike(original, text)));
}

static GArray *apply_replace_all(const struct setup_write *write)
{
    GArray *edits = setup_edits_new();

    setup_edits_add(edits, 0, write->before ? strlen(write->before) : 0,
                    write->after ? write->after : "");
    return edits;
}

static struct setup_write *apply_new_write(const struct setup_file *file, bool is_undo)
{
    struct setup_write *write = g_new0(struct setup_write, 1);

    write->path = file->path;
    write->target = file->target;
    write->before = file->is_there ? file->text : NULL;
    write->after = file->is_deleted ? NULL : setup_file_result(file);
    if (is_undo && write->after) {
        apply_restore_backup(file, write);
        if (!write->is_restored && apply_is_made_by_setup(file, write->after))
            g_clear_pointer(&write->after, g_free);
    }
    if (!write->edits)
        write->edits =
            write->before && write->after ? g_array_ref(file->edits) : apply_replace_all(write);
    if (!is_undo && write->before)
        write->backup = setup_backup_name(write->target, write->before);
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

/* Keeps a copy, if there is none with this text yet; sets `kept` if it makes one. */
static bool apply_keep_copy(const struct setup_write *write, bool *kept, GError **error)
{
    if (!write->backup || write->is_restored || access(write->backup, F_OK) == 0)
        return true;
    *kept = apply_replace(
        (struct replacement){.path = write->backup, .after = write->before, .like = write->target},
        error);
    return *kept;
}

static bool apply_one(const struct setup_write *write, bool *kept, GError **error)
{
    return apply_keep_copy(write, kept, error) &&
           apply_replace((struct replacement){.path = write->target,
                                              .before = write->before,
                                              .after = write->after,
                                              .like = write->before ? write->target : NULL},
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
        unlink(write->backup);
}

static bool apply_all(const GPtrArray *writes, GError **error)
{
    g_autofree bool *kept = g_new0(bool, writes->len);

    for (guint i = 0; i < writes->len; i++) {
        const struct setup_write *failed = writes->pdata[i];

        if (apply_one(failed, &kept[i], error))
            continue;
        if (kept[i])
            unlink(failed->backup);
        for (guint j = i; j > 0; j--)
            apply_take_back(writes->pdata[j - 1], kept[j - 1]);
        return false;
    }
    for (guint i = 0; i < writes->len; i++) {
        const struct setup_write *write = writes->pdata[i];
        if (write->is_restored)
            unlink(write->backup);
    }
    return true;
}

/* One setup at a time, so that none takes back what another has written. The home folder is the one
 * thing that they share; if it can't be locked, setup goes on without a lock. */
static int apply_lock_home(void)
{
    g_autofree char *home = paths_home();
    int fd = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0)
        flock(fd, LOCK_EX);
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
