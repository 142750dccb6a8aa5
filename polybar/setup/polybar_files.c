#include "polybar/setup/polybar_files.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"

#include <string.h>

#define MAX_DEPTH   16 /* of sections that inherit or refer */
#define LOOKUP_COST 64 /* bytes, see setup_plan_spend; and one for each line */

/* What is read into what, with the environment of the bar; NULL: our own. */
struct polybar_reading {
    struct setup_plan *plan;
    GPtrArray *files;
    char **environment;
};

static void polybar_free_file(struct polybar_file *file)
{
    g_array_free(file->lines, TRUE);
    g_free(file);
}

static const char *polybar_getenv(char **environment, const char *name)
{
    return environment ? g_environ_getenv(environment, name) : g_getenv(name);
}

/* Expands "~" and "$NAME" between slashes, as Polybar does; relative to the including file. */
static char *polybar_expand(const char *path, const char *including, char **environment)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    g_autofree char *folder = g_path_get_dirname(including);

    for (char **part = parts; *part; part++) {
        char *value = NULL;

        if (strcmp(*part, "~") == 0)
            value = paths_home();
        else if (**part == '$')
            value = g_strdup(polybar_getenv(environment, *part + 1));
        if (!value)
            continue;
        g_free(*part);
        *part = value;
    }
    g_autofree char *joined = g_strjoinv("/", parts);
    return g_canonicalize_filename(joined, folder);
}

/* The value of a key's line without its quotes; the caller frees it. */
static char *polybar_value(const struct polybar_file *file, const struct ini_line *line)
{
    g_autofree char *value = ini_value(file->file->text, line);
    gsize length = strlen(value);

    if (length < 2 || value[0] != '"' || value[length - 1] != '"')
        return g_steal_pointer(&value);
    return g_strndup(value + 1, length - 2);
}

static bool polybar_read_file(const struct polybar_reading *reading, struct setup_file *file,
                              GError **error);

static bool polybar_include_file(const struct polybar_reading *reading, const char *path,
                                 GError **error)
{
    GError *problem = NULL;
    struct setup_file *file = setup_plan_read(reading->plan, path, &problem);

    if (problem) {
        g_propagate_error(error, problem);
        return false;
    }
    return !file ||
           polybar_read_file(reading, file, error); /* Polybar reports a missing file itself */
}

/* A file in an include-directory must not change: Polybar would read its backup too. */
static void polybar_protect(struct setup_plan *plan, const char *path)
{
    struct setup_file *file = setup_plan_read(plan, path, NULL);

    if (file && !file->obstacle)
        file->obstacle = g_strdup(_("is in an include-directory, where no copy can be kept"));
}

static bool polybar_include_folder(const struct polybar_reading *reading, const char *path,
                                   GError **error)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    bool done = true;

    while (dir && done && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);

        if (g_file_test(inner, G_FILE_TEST_IS_REGULAR))
            done = polybar_include_file(reading, inner, error);
        polybar_protect(reading->plan, inner);
    }
    return done;
}

static bool polybar_follow_key(const struct polybar_reading *reading,
                               const struct polybar_file *from, const struct ini_line *line,
                               GError **error)
{
    g_autofree char *value = polybar_value(from, line);
    g_autofree char *path = polybar_expand(value, from->file->path, reading->environment);

    if (strcmp(line->key, "include-file") == 0)
        return polybar_include_file(reading, path, error);
    if (strcmp(line->key, "include-directory") == 0)
        return polybar_include_folder(reading, path, error);
    return true;
}

static bool polybar_read_file(const struct polybar_reading *reading, struct setup_file *file,
                              GError **error)
{
    struct polybar_file *read;
    bool done = true;

    for (guint i = 0; i < reading->files->len; i++) {
        read = reading->files->pdata[i];
        if (read->file == file)
            return true;
    }
    read = g_new0(struct polybar_file, 1);
    read->plan = reading->plan;
    read->file = file;
    read->lines = ini_read(file->text);
    g_ptr_array_add(reading->files, read);
    for (guint i = 0; done && i < read->lines->len; i++) {
        const struct ini_line *line = ini_at(read->lines, i);
        if (line->kind == INI_KEY)
            done = polybar_follow_key(reading, read, line, error);
    }
    return done;
}

GPtrArray *polybar_files_load(struct setup_plan *plan, struct setup_file *config,
                              char **environment, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)polybar_free_file);

    const struct polybar_reading reading = {plan, files, environment};

    return polybar_read_file(&reading, config, error) ? g_steal_pointer(&files) : NULL;
}

static struct polybar_line polybar_line_at(const struct polybar_file *file, guint index)
{
    return (struct polybar_line){file, ini_at(file->lines, index), index};
}

/* Whether the line begins a section of this kind, "bar/" or "module/". */
static bool polybar_begins(const struct polybar_file *file, guint index, const char *kind)
{
    const struct ini_line *line = ini_at(file->lines, index);

    return line->kind == INI_SECTION && g_str_has_prefix(line->section, kind);
}

GArray *polybar_bars(const GPtrArray *files)
{
    GArray *bars = g_array_new(FALSE, FALSE, sizeof(struct polybar_line));

    for (guint i = 0; i < files->len; i++) {
        const struct polybar_file *file = files->pdata[i];

        for (guint j = 0; j < file->lines->len; j++) {
            struct polybar_line bar = polybar_line_at(file, j);
            if (polybar_begins(file, j, "bar/"))
                g_array_append_val(bars, bar);
        }
    }
    return bars;
}

/* The line of this key within the section; its header if `key` is NULL. */
static struct polybar_line polybar_own_key(const GPtrArray *files, const char *section,
                                           const char *key)
{
    for (guint i = 0; i < files->len; i++) {
        const struct polybar_file *file = files->pdata[i];
        if (!setup_plan_spend(file->plan, LOOKUP_COST + file->lines->len))
            break;
        int index =
            key ? ini_find_key(file->lines, section, key) : ini_find_section(file->lines, section);

        if (index >= 0)
            return polybar_line_at(file, (guint)index);
    }
    return (struct polybar_line){0};
}

struct polybar_line polybar_section(const GPtrArray *files, const char *section)
{
    return polybar_own_key(files, section, NULL);
}

static struct polybar_line polybar_find_key(const GPtrArray *files, const char *section,
                                            const char *key, int depth);

static struct polybar_line polybar_inherited_key(const GPtrArray *files, const char *section,
                                                 const char *key, int depth)
{
    struct polybar_line inherit = polybar_own_key(files, section, "inherit");
    struct polybar_line found = {0};

    if (!inherit.file)
        return found;
    g_autofree char *value = polybar_value(inherit.file, inherit.line);
    setup_plan_spend(inherit.file->plan, strlen(value));
    g_auto(GStrv) names = g_strsplit_set(value, " \t", -1);
    /* The last of several sections that has the key counts. */
    for (guint i = g_strv_length(names); i > 0 && !found.file; i--)
        found = polybar_find_key(files, names[i - 1], key, depth + 1);
    return found;
}

static struct polybar_line polybar_find_key(const GPtrArray *files, const char *section,
                                            const char *key, int depth)
{
    struct polybar_line found = polybar_own_key(files, section, key);

    if (depth > MAX_DEPTH)
        return (struct polybar_line){0};
    if (!found.file)
        return polybar_inherited_key(files, section, key, depth);
    g_autofree char *value = polybar_value(found.file, found.line);
    if (!g_str_has_prefix(value, "${") || !g_str_has_suffix(value, "}") || strchr(value, ':'))
        return found;
    value[strlen(value) - 1] = '\0';
    char *dot = strrchr(value, '.');
    if (!dot)
        return found;
    *dot = '\0';
    bool is_own = strcmp(value + 2, "self") == 0 || strcmp(value + 2, "root") == 0;
    struct polybar_line meant =
        polybar_find_key(files, is_own ? section : value + 2, dot + 1, depth + 1);
    return meant.file ? meant : found;
}

struct polybar_line polybar_key(const GPtrArray *files, const char *section, const char *key)
{
    return polybar_find_key(files, section, key, 0);
}

struct polybar_line polybar_last_module(const GPtrArray *files)
{
    struct polybar_line best = {.file = files->pdata[0]};
    guint most = 0;

    for (guint i = 0; i < files->len; i++) {
        const struct polybar_file *file = files->pdata[i];
        struct polybar_line last = {0};
        guint count = 0;

        for (guint j = 0; j < file->lines->len; j++) {
            if (polybar_begins(file, j, "module/")) {
                last = polybar_line_at(file, j);
                count++;
            }
        }
        if (count > most && !file->file->obstacle) {
            most = count;
            best = last;
        }
    }
    return best;
}
