#include "polybar/setup/polybar_setup.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/setup/command.h"
#include "polybar/setup/polybar_files.h"
#include "polybar/setup/polybar_list.h"

#include <string.h>

#define MODULE  "usageline"
#define SECTION "module/" MODULE

/* The module as the example has it. */
#define DEFINITION                                                                                 \
    "[" SECTION "]\n"                                                                              \
    "type = custom/script\n"                                                                       \
    "exec = command -v usageline > /dev/null || "                                                  \
    "{ echo 'usageline ! not found'; exec sleep 60; }; exec usageline polybar --watch\n"           \
    "tail = true\n"                                                                                \
    "interval = 5\n"                                                                               \
    "click-left = usageline open --bar polybar\n"                                                  \
    "click-middle = usageline show toggle --bar polybar\n"                                         \
    "click-right = usageline refresh --bar polybar; usageline details --bar polybar\n"             \
    "scroll-up = usageline show previous --bar polybar\n"                                          \
    "scroll-down = usageline show next --bar polybar"

static const struct setup_place polybar_places[] = {
    {"XDG_CONFIG_HOME", NULL, "polybar/config", false},
    {"XDG_CONFIG_HOME", NULL, "polybar/config.ini", false},
    {NULL, "~/.config", "polybar/config", false},
    {NULL, "~/.config", "polybar/config.ini", false},
    {"XDG_CONFIG_DIRS", "/etc/xdg", "polybar/config.ini", true},
    {NULL, "/etc/polybar", "config.ini", true},
    {0},
};

/* The lists, in the order in which they are tried unless the user names one. */
static const struct {
    enum setup_where where;
    const char *key;
} polybar_lists[] = {{SETUP_WHERE_RIGHT, "modules-right"},
                     {SETUP_WHERE_CENTER, "modules-center"},
                     {SETUP_WHERE_LEFT, "modules-left"}};

struct polybar_addition {
    const struct setup_position *position;
    const GPtrArray *files;
    GPtrArray *done;              /* lines that are edited, as several bars may share one */
    struct polybar_line referred; /* a list that comes from elsewhere and can't be changed */
    bool is_found;                /* a bar has or gets the module */
    bool is_listed;               /* a bar has it already */
};

static bool polybar_is_reference(struct polybar_line list)
{
    return strncmp(list.file->file->text + list.line->value_begin, "${", 2) == 0;
}

/* Adds the module to this list if it belongs there; whether the list is the one. */
static bool polybar_add_to_list(struct polybar_addition *addition, struct polybar_line list,
                                enum setup_where side)
{
    const struct setup_position *position = addition->position;
    g_autoptr(GArray) words = polybar_list_read(list);
    int other = position->module ? polybar_list_find(list, words, position->module) : -1;
    guint index = words->len;

    if (position->module && other < 0)
        return false;
    if (!position->module && position->where != SETUP_WHERE_USUAL && position->where != side)
        return false;
    if (polybar_is_reference(list)) {
        addition->referred = list;
        return true;
    }
    if (position->module)
        index = (guint)other + (position->where == SETUP_WHERE_AFTER ? 1 : 0);
    else if (side == SETUP_WHERE_RIGHT)
        index = polybar_list_usual_index(list, words);
    if (!g_ptr_array_find(addition->done, list.line, NULL)) {
        g_ptr_array_add(addition->done, (gpointer)(gsize)list.line);
        polybar_list_insert(list, words, index, MODULE);
    }
    return true;
}

static bool polybar_is_listed(const GPtrArray *files, const char *bar)
{
    for (gsize i = 0; i < G_N_ELEMENTS(polybar_lists); i++) {
        struct polybar_line list = polybar_key(files, bar, polybar_lists[i].key);
        g_autoptr(GArray) words = list.file ? polybar_list_read(list) : NULL;

        if (words && polybar_list_find(list, words, MODULE) >= 0)
            return true;
    }
    return false;
}

static void polybar_add_to_bar(struct polybar_addition *addition, const struct polybar_line *header)
{
    const char *bar = header->line->section;

    if (polybar_is_listed(addition->files, bar)) {
        addition->is_found = true;
        addition->is_listed = true;
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(polybar_lists); i++) {
        struct polybar_line list = polybar_key(addition->files, bar, polybar_lists[i].key);

        if (list.file && polybar_add_to_list(addition, list, polybar_lists[i].where)) {
            addition->is_found = true;
            return;
        }
    }
}

/* Adds a list of our own to a bar that has none for the module. */
static void polybar_add_list(struct polybar_addition *addition, const struct polybar_line *header)
{
    struct setup_file *file = header->file->file;
    const char *key = polybar_lists[0].key;

    if (polybar_key(addition->files, header->line->section, "inherit").file)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(polybar_lists); i++) {
        if (polybar_lists[i].where == addition->position->where)
            key = polybar_lists[i].key;
    }
    g_autofree char *line = g_strconcat(setup_line_break(file->text), key, " = " MODULE, NULL);
    setup_file_insert(
        file, ini_at(header->file->lines, ini_last_line(header->file->lines, header->index))->end,
        line);
}

static void polybar_add_definition(const GPtrArray *files, const char *program)
{
    g_autofree char *definition = setup_command_use_path(DEFINITION, program);
    struct polybar_line last = polybar_last_module(files);
    struct setup_file *file = last.file->file;

    if (polybar_section(files, SECTION).file)
        return;
    if (last.line)
        ini_insert_behind(file, last.file->lines, last.index, definition);
    else
        ini_append(file, last.file->lines, definition);
}

static bool polybar_fail(GError **error, const GPtrArray *files, const char *what)
{
    const struct polybar_file *first = files->pdata[0];

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: %s"), first->file->path, what);
    return false;
}

static bool polybar_check_results(const GPtrArray *files, GError **error)
{
    for (guint i = 0; i < files->len; i++) {
        const struct polybar_file *file = files->pdata[i];
        g_autofree char *result = setup_file_result(file->file);

        if (!ini_differs_only_by(file->file->text, result, SECTION, MODULE))
            return polybar_fail(error, files, _("can't be changed safely"));
    }
    return true;
}

/* Whether a module of another name draws usageline already. */
static bool polybar_is_drawn(const GPtrArray *files)
{
    if (polybar_section(files, SECTION).file)
        return false;
    for (guint i = 0; i < files->len; i++) {
        const struct polybar_file *file = files->pdata[i];
        if (ini_mentions(file->file->text, file->lines, "exec", "usageline polybar"))
            return true;
    }
    return false;
}

static bool polybar_add_to_files(struct setup_plan *plan, const GPtrArray *files,
                                 const struct setup_request *request, GError **error)
{
    const struct setup_position *position = &request->position;
    g_autoptr(GPtrArray) done = g_ptr_array_new();
    struct polybar_addition addition = {.position = position, .files = files, .done = done};

    if (polybar_is_drawn(files))
        return true;
    g_autoptr(GArray) bars = polybar_bars(files);
    if (bars->len == 0)
        return polybar_fail(error, files, _("describes no bar"));
    for (guint i = 0; i < bars->len; i++)
        polybar_add_to_bar(&addition, &g_array_index(bars, struct polybar_line, i));
    if (addition.referred.file) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("%s: \"%s\" in [%s] comes from outside the configuration"),
                    addition.referred.file->file->path, addition.referred.line->key,
                    addition.referred.line->section);
        return false;
    }
    if (!addition.is_found && position->module)
        return polybar_fail(error, files, _("no list has the module that was named"));
    for (guint i = 0; !addition.is_found && i < bars->len; i++)
        polybar_add_list(&addition, &g_array_index(bars, struct polybar_line, i));
    plan->has_module = addition.is_listed && polybar_section(files, SECTION).file;
    polybar_add_definition(files, request->program);
    return polybar_check_results(files, error);
}

static GPtrArray *polybar_load(struct setup_plan *plan, const struct setup_request *request,
                               GError **error)
{
    struct setup_file *config = setup_places_open(plan, request->config, polybar_places,
                                                  request->environment, "polybar", error);

    return config ? polybar_files_load(plan, config, request->environment, error) : NULL;
}

static bool polybar_add(struct setup_plan *plan, const struct setup_request *request,
                        GError **error)
{
    g_autoptr(GPtrArray) files = polybar_load(plan, request, error);

    return files && polybar_add_to_files(plan, files, request, error);
}

/* Whether the backup has a list with the module already. */
static bool polybar_was_listed(const struct setup_file *file)
{
    g_autoptr(GArray) lines = ini_read(file->backup);

    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = ini_at(lines, i);
        g_autofree char *value = line->kind == INI_KEY ? ini_value(file->backup, line) : NULL;

        g_auto(GStrv) words = g_strsplit_set(value ? value : "", " \t\"", -1);

        if (value && g_str_has_prefix(line->key, "modules-") &&
            g_strv_contains((const char *const *)words, MODULE))
            return true;
    }
    return false;
}

/* `done` has the lines from which the module has been removed, as several bars may share one. */
static void polybar_remove_from_bar(const GPtrArray *files, const char *bar, bool is_defined_by_us,
                                    GPtrArray *done)
{
    for (gsize i = 0; i < G_N_ELEMENTS(polybar_lists); i++) {
        struct polybar_line list = polybar_key(files, bar, polybar_lists[i].key);
        const struct setup_file *file = list.file ? list.file->file : NULL;

        if (!file || g_ptr_array_find(done, list.line, NULL))
            continue;
        g_ptr_array_add(done, (gpointer)(gsize)list.line);
        if (file->backup ? !polybar_was_listed(file) : is_defined_by_us)
            polybar_list_remove(list, MODULE);
    }
}

static bool polybar_remove(struct setup_plan *plan, const struct setup_request *request,
                           GError **error)
{
    g_autoptr(GPtrArray) files = polybar_load(plan, request, error);
    struct polybar_line header;

    if (!files)
        return false;
    header = polybar_section(files, SECTION);
    bool is_defined_by_us = header.file && ini_is_added(header.file->file, header.file->lines,
                                                        header.index, DEFINITION);
    if (is_defined_by_us) {
        header.file->file->is_changed_by_user =
            !ini_is_as_made(header.file->file, header.file->lines, header.index, DEFINITION);
        ini_remove(header.file->file, header.file->lines, header.index);
    }
    g_autoptr(GPtrArray) done = g_ptr_array_new();
    g_autoptr(GArray) bars = polybar_bars(files);
    for (guint i = 0; i < bars->len; i++)
        polybar_remove_from_bar(files, g_array_index(bars, struct polybar_line, i).line->section,
                                is_defined_by_us, done);
    return polybar_check_results(files, error);
}

static char *polybar_describe(void)
{
    return g_strdup_printf(_("In \"modules-right\" (or -center, -left) of your bar, the name:\n\n"
                             "  %s\n\nand beside the other modules:\n\n%s"),
                           MODULE, DEFINITION);
}

const struct bar_setup polybar_setup = {
    .places = polybar_places,
    .reload = "polybar-msg cmd restart",
    .describe = polybar_describe,
    .add = polybar_add,
    .remove = polybar_remove,
};
