#include "common/setup/plan.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/setup/backup.h"
#include "common/setup/maker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SPENT (4 * 1024 * 1024) /* bytes */
#define FILE_COST 2048              /* of a file beyond its bytes */

static void plan_free_file(struct setup_file *file)
{
    g_free(file->path);
    g_free(file->target);
    g_free(file->text);
    g_free(file->original);
    g_free(file->backup);
    g_free(file->obstacle);
    g_free(file->maker);
    g_array_unref(file->edits);
    g_free(file);
}

struct setup_plan *setup_plan_new(void)
{
    struct setup_plan *plan = g_new0(struct setup_plan, 1);

    plan->files = g_ptr_array_new_with_free_func((GDestroyNotify)plan_free_file);
    plan->notes = g_ptr_array_new_with_free_func(g_free);
    return plan;
}

void setup_plan_free(struct setup_plan *plan)
{
    if (!plan)
        return;
    g_ptr_array_free(plan->files, TRUE);
    g_ptr_array_free(plan->notes, TRUE);
    g_free(plan);
}

void setup_plan_note(struct setup_plan *plan, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(plan->notes, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

bool setup_plan_spend(struct setup_plan *plan, gsize bytes)
{
    plan->spent = MIN(plan->spent + bytes, MAX_SPENT + 1);
    return plan->spent <= MAX_SPENT;
}

bool setup_plan_has_budget(const struct setup_plan *plan, const char *path, GError **error)
{
    if (plan->spent <= MAX_SPENT)
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("%s: what it includes and inherits is more than setup reads"), path);
    return false;
}

/* Why an existing file can't be replaced; NULL if it can. A read-only file is left alone even if
 * root could write it: somebody made it so, or a program generates it. */
static char *plan_find_obstacle(const char *target)
{
    g_autofree char *folder = g_path_get_dirname(target);
    struct stat status;

    if (g_str_has_prefix(target, "/etc/"))
        return g_strdup(_("belongs to the system"));
    if (maker_owns_folder(target))
        return g_strdup(_("is made by a package manager, from a file that you can change"));
    if (stat(target, &status) < 0)
        return g_strdup(g_strerror(errno));
    if (status.st_uid != geteuid())
        return g_strdup(_("belongs to another user"));
    if ((status.st_mode & S_IWUSR) == 0 || access(target, W_OK) < 0)
        return g_strdup(_("is read-only"));
    if (status.st_nlink > 1)
        return g_strdup(_("has several names (hard links)"));
    if (stat(folder, &status) < 0 || (status.st_mode & S_IWUSR) == 0 || access(folder, W_OK) < 0)
        return g_strdup(_("is in a folder that can't be written"));
    return NULL;
}

/* Why a file can't be made; NULL if it can. Its folder may be missing too. */
static char *plan_find_new_obstacle(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    struct stat status;

    if (lstat(path, &status) == 0)
        return g_strdup(_("is a symbolic link to a file that is not there"));
    while (stat(folder, &status) < 0 && strcmp(folder, "/") != 0) {
        char *parent = g_path_get_dirname(folder);

        g_free(folder);
        folder = parent;
    }
    if (!S_ISDIR(status.st_mode) || (status.st_mode & S_IWUSR) == 0 || access(folder, W_OK) < 0)
        return g_strdup(_("can't be made: its folder can't be written"));
    return NULL;
}

static struct setup_file *plan_add_file(struct setup_plan *plan, const char *path, char *text)
{
    struct setup_file *file = g_new0(struct setup_file, 1);

    file->path = g_strdup(path);
    file->text = text;
    file->edits = setup_edits_new();
    g_ptr_array_add(plan->files, file);
    return file;
}

static struct setup_file *plan_find_file(const struct setup_plan *plan, const char *target)
{
    for (guint i = 0; i < plan->files->len; i++) {
        struct setup_file *file = plan->files->pdata[i];
        if (g_strcmp0(file->target, target) == 0)
            return file;
    }
    return NULL;
}

struct setup_file *setup_plan_read(struct setup_plan *plan, const char *path, GError **error)
{
    g_autofree char *target = realpath(path, NULL); /* from malloc, as all of GLib's memory */
    struct setup_file *file;
    char *text;

    if (!target || !setup_plan_has_budget(plan, path, error))
        return NULL;
    file = plan_find_file(plan, target);
    text = file ? file->text : setup_text_read(path, error);
    if (!text)
        return NULL;
    setup_plan_spend(plan, strlen(text) + FILE_COST);
    if (file)
        return file;
    file = plan_add_file(plan, path, text);
    file->is_there = true;
    file->obstacle = plan_find_obstacle(target);
    file->maker = maker_find_sign(target, text);
    file->backup = setup_backup_read(target);
    file->target = g_steal_pointer(&target);
    return file;
}

struct setup_file *setup_plan_add(struct setup_plan *plan, const char *path, const char *original,
                                  GError **error)
{
    char *text = original ? setup_text_read(original, error) : g_strdup("");
    struct setup_file *file;

    if (!text)
        return NULL;
    file = plan_add_file(plan, path, text);
    file->target = g_strdup(path);
    file->original = g_strdup(original);
    file->obstacle = plan_find_new_obstacle(path);
    return file;
}

void setup_file_insert(struct setup_file *file, gsize at, const char *text)
{
    setup_edits_add(file->edits, at, 0, text);
}

void setup_file_remove(struct setup_file *file, gsize begin, gsize end)
{
    setup_edits_add(file->edits, begin, end - begin, "");
}

char *setup_file_result(const struct setup_file *file)
{
    return setup_edits_apply(file->edits, file->text);
}

bool setup_file_is_changed(const struct setup_file *file)
{
    return file->edits->len > 0 || file->is_deleted;
}

bool setup_plan_note_makers(struct setup_plan *plan)
{
    bool any = false;

    for (guint i = 0; i < plan->files->len; i++) {
        const struct setup_file *file = plan->files->pdata[i];

        if (!file->maker || !setup_file_is_changed(file))
            continue;
        any = true;
        setup_plan_note(plan,
                        _("A program seems to make %s: %s.\nIt may overwrite the file, and the "
                          "change would be lost; the lines belong where it\ntakes them from.\n"),
                        file->path, file->maker);
    }
    return any;
}

static bool plan_leave_alone(const struct setup_file *file, const char *reason, GError **error)
{
    if (strcmp(file->path, file->target) == 0)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: is left alone, because it %s"),
                    file->path, reason);
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("%s: is left alone, because it %s: %s"), file->path, reason, file->target);
    return false;
}

bool setup_plan_is_allowed(const struct setup_plan *plan, GError **error)
{
    for (guint i = 0; i < plan->files->len; i++) {
        const struct setup_file *file = plan->files->pdata[i];
        g_autofree char *result = setup_file_result(file);

        if (!setup_file_is_changed(file))
            continue;
        if (file->obstacle)
            return plan_leave_alone(file, file->obstacle, error);
        if (strlen(result) > SETUP_MAX_TEXT)
            return plan_leave_alone(file, _("would become too large"), error);
    }
    return plan->files->len == 0 ||
           setup_plan_has_budget(plan, ((struct setup_file *)plan->files->pdata[0])->path, error);
}
