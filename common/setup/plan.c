#include "common/setup/plan.h"
#include "common/base/i18n.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/paths.h"
#include "common/setup/backup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILE (1024 * 1024) /* bytes: no bar's configuration is larger */

struct change {
    gsize at;
    gsize removed; /* bytes */
    char *inserted;
};

static void change_clear(struct change *change)
{
    g_free(change->inserted);
}

static void file_free(struct setup_file *file)
{
    g_free(file->path);
    g_free(file->target);
    g_free(file->text);
    g_free(file->original);
    g_free(file->backup);
    g_free(file->obstacle);
    g_array_free(file->changes, TRUE);
    g_free(file);
}

struct setup_plan *setup_plan_new(void)
{
    struct setup_plan *plan = g_new0(struct setup_plan, 1);

    plan->files = g_ptr_array_new_with_free_func((GDestroyNotify)file_free);
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

/* NULL without an error if there is no file. */
static char *read_text(const char *path, GError **error)
{
    gsize length = 0;
    char *text = file_read(path, MAX_FILE, &length, error);

    if (!text || strlen(text) == length)
        return text;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: is no text: it holds NUL"), path);
    g_free(text);
    return NULL;
}

/* Why a file that is there can't be replaced; NULL if it can. Its mode counts also for root, who
 * could write it: who made it read-only had a reason, or a program that makes it anew. */
static char *find_obstacle(const char *target)
{
    g_autofree char *folder = g_path_get_dirname(target);
    struct stat status;

    if (g_str_has_prefix(target, "/etc/"))
        return g_strdup(_("belongs to the system"));
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

/* The same of a file that is to be made, in a folder that may have to be made too. */
static char *find_obstacle_of_new(const char *path)
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

static struct setup_file *add(struct setup_plan *plan, const char *path, char *text)
{
    struct setup_file *file = g_new0(struct setup_file, 1);

    file->path = g_strdup(path);
    file->text = text;
    file->changes = g_array_new(FALSE, FALSE, sizeof(struct change));
    g_array_set_clear_func(file->changes, (GDestroyNotify)change_clear);
    g_ptr_array_add(plan->files, file);
    return file;
}

struct setup_file *setup_plan_read(struct setup_plan *plan, const char *path, GError **error)
{
    char *target = realpath(path, NULL); /* by malloc, which is GLib's allocator too */
    char *text;
    struct setup_file *file;

    for (guint i = 0; target && i < plan->files->len; i++) {
        file = plan->files->pdata[i];
        if (g_strcmp0(file->target, target) == 0) {
            free(target);
            return file;
        }
    }
    text = target ? read_text(path, error) : NULL;
    if (!text) {
        free(target);
        return NULL;
    }
    file = add(plan, path, text);
    file->target = target;
    file->is_there = true;
    file->obstacle = find_obstacle(target);
    file->backup = setup_backup_newest(target);
    return file;
}

struct setup_file *setup_plan_add(struct setup_plan *plan, const char *path, const char *original,
                                  GError **error)
{
    char *text = original ? read_text(original, error) : g_strdup("");
    struct setup_file *file;

    if (!text)
        return NULL;
    file = add(plan, path, text);
    file->target = g_strdup(path);
    file->original = g_strdup(original);
    file->obstacle = find_obstacle_of_new(path);
    return file;
}

void setup_file_insert(struct setup_file *file, gsize at, const char *text)
{
    struct change change = {.at = at, .inserted = g_strdup(text)};

    g_array_append_val(file->changes, change);
}

void setup_file_remove(struct setup_file *file, gsize begin, gsize end)
{
    struct change change = {.at = begin, .removed = end - begin, .inserted = g_strdup("")};

    g_array_append_val(file->changes, change);
}

/* Stable, unlike qsort: a plan has a handful of changes. */
static GArray *sort(const GArray *changes)
{
    GArray *sorted = g_array_new(FALSE, FALSE, sizeof(struct change));

    for (guint i = 0; i < changes->len; i++) {
        struct change change = g_array_index(changes, struct change, i);
        guint at = sorted->len;

        while (at > 0 && g_array_index(sorted, struct change, at - 1).at > change.at)
            at--;
        g_array_insert_val(sorted, at, change);
    }
    return sorted;
}

char *setup_file_result(const struct setup_file *file)
{
    g_autoptr(GArray) changes = sort(file->changes);
    GString *result = g_string_new(NULL);
    gsize done = 0;

    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = &g_array_index(changes, struct change, i);

        if (change->at > done)
            g_string_append_len(result, file->text + done, (gssize)(change->at - done));
        g_string_append(result, change->inserted);
        done = MAX(done, change->at + change->removed);
    }
    g_string_append(result, file->text + done);
    return g_string_free(result, FALSE);
}

const char *setup_line_break(const char *text)
{
    const char *end = strchr(text, '\n');

    return end && end > text && end[-1] == '\r' ? "\r\n" : "\n";
}

bool setup_texts_are_alike(const char *a, const char *b)
{
    static const char space[] = " \t\r\n\v\f";

    for (;;) {
        a += strspn(a, space);
        b += strspn(b, space);
        if (*a == '\0' || *a != *b)
            return *a == *b;
        a++;
        b++;
    }
}
