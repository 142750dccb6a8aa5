#include "polybar/setup/polybar_setup.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "polybar/setup/polybar_files.h"
#include "polybar/setup/polybar_list.h"

#include <string.h>

#define MODULE  "usageline"
#define SECTION "module/" MODULE

/* The module as the example has it. */
#define DEFINITION                                                                                 \
    "[" SECTION "]\n"                                                                              \
    "type = custom/script\n"                                                                       \
    "exec = exec usageline polybar --watch\n"                                                      \
    "tail = true\n"                                                                                \
    "interval = 5\n"                                                                               \
    "click-left = usageline open --bar polybar\n"                                                  \
    "click-middle = usageline show toggle --bar polybar\n"                                         \
    "click-right = usageline refresh --bar polybar; usageline details --bar polybar\n"             \
    "scroll-up = usageline show previous --bar polybar\n"                                          \
    "scroll-down = usageline show next --bar polybar"

static const struct setup_place places[] = {
    {"XDG_CONFIG_HOME", NULL, "polybar/config", false},
    {"XDG_CONFIG_HOME", NULL, "polybar/config.ini", false},
    {NULL, "~/.config", "polybar/config", false},
    {NULL, "~/.config", "polybar/config.ini", false},
    {"XDG_CONFIG_DIRS", "/etc/xdg", "polybar/config.ini", true},
    {NULL, "/etc/polybar", "config.ini", true},
    {0},
};

/* The lists, in the order in which they are tried if the user names none. */
static const struct {
    enum setup_where where;
    const char *key;
} lists[] = {{SETUP_WHERE_RIGHT, "modules-right"},
             {SETUP_WHERE_CENTER, "modules-center"},
             {SETUP_WHERE_LEFT, "modules-left"}};

struct addition {
    const struct setup_position *position;
    const struct polybar_files *files;
    GPtrArray *done;  /* lines that several bars share: changed but once */
    bool is_referred; /* a list can't be changed: it comes from elsewhere */
    bool is_found;    /* some bar has or gets the module */
};

static bool is_reference(struct polybar_line list)
{
    return strncmp(list.file->file->text + list.line->value_begin, "${", 2) == 0;
}

/* Puts the module into this list if it belongs there; whether it is there then. */
static bool add_to_list(struct addition *addition, struct polybar_line list,
                        enum setup_where where_is_list)
{
    const struct setup_position *position = addition->position;
    g_autoptr(GArray) words = polybar_list_read(list);
    int other = position->module ? polybar_list_find(list, words, position->module) : -1;
    guint index = words->len;

    if (position->module && other < 0)
        return false;
    if (!position->module && position->where != SETUP_WHERE_USUAL &&
        position->where != where_is_list)
        return false;
    if (is_reference(list)) {
        addition->is_referred = true;
        return true;
    }
    if (position->module)
        index = (guint)other + (position->where == SETUP_WHERE_AFTER ? 1 : 0);
    else if (where_is_list == SETUP_WHERE_RIGHT)
        index = polybar_list_usual_index(list, words);
    if (!g_ptr_array_find(addition->done, list.line, NULL)) {
        g_ptr_array_add(addition->done, (gpointer)(gsize)list.line);
        polybar_list_insert(list, words, index, MODULE);
    }
    return true;
}

static bool is_listed(const struct polybar_files *files, const char *bar)
{
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct polybar_line list = polybar_key(files, bar, lists[i].key);
        g_autoptr(GArray) words = list.file ? polybar_list_read(list) : NULL;

        if (words && polybar_list_find(list, words, MODULE) >= 0)
            return true;
    }
    return false;
}

static void add_to_bar(struct addition *addition, const struct polybar_line *header)
{
    const char *bar = header->line->section;

    if (is_listed(addition->files, bar)) {
        addition->is_found = true;
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct polybar_line list = polybar_key(addition->files, bar, lists[i].key);

        if (list.file && add_to_list(addition, list, lists[i].where)) {
            addition->is_found = true;
            return;
        }
    }
}

/* A list of its own, for a bar that has none to put the module into. */
static void add_list(struct addition *addition, const struct polybar_line *header)
{
    struct setup_file *file = header->file->file;
    const char *key = lists[0].key;

    if (polybar_key(addition->files, header->line->section, "inherit").file)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        if (lists[i].where == addition->position->where)
            key = lists[i].key;
    }
    g_autofree char *line = g_strconcat(setup_line_break(file->text), key, " = " MODULE, NULL);
    setup_file_insert(
        file, ini_at(header->file->lines, ini_last_line(header->file->lines, header->index))->end,
        line);
}

static void add_definition(const struct polybar_files *files)
{
    const struct polybar_file *file = polybar_place_of_modules(files);
    int last = -1;

    if (polybar_section(files, SECTION).file)
        return;
    for (guint i = 0; i < file->lines->len; i++) {
        const struct ini_line *line = ini_at(file->lines, i);
        if (line->kind == INI_SECTION && g_str_has_prefix(line->section, "module/"))
            last = (int)i;
    }
    if (last < 0)
        ini_append(file->file, DEFINITION);
    else
        ini_insert_behind(file->file, file->lines, ini_last_line(file->lines, (guint)last),
                          DEFINITION);
}

static bool fail(GError **error, const struct polybar_files *files, const char *what)
{
    const struct polybar_file *first = files->files->pdata[0];

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: %s"), first->file->path, what);
    return false;
}

static bool check(const struct polybar_files *files, GError **error)
{
    for (guint i = 0; i < files->files->len; i++) {
        const struct polybar_file *file = files->files->pdata[i];
        g_autofree char *result = setup_file_result(file->file);

        if (!ini_differs_only_by(file->file->text, result, SECTION, MODULE))
            return fail(error, files, _("can't be changed safely"));
    }
    return true;
}

/* Whether a module of another name draws usageline already. */
static bool is_drawn(const struct polybar_files *files)
{
    if (polybar_section(files, SECTION).file)
        return false;
    for (guint i = 0; i < files->files->len; i++) {
        const struct polybar_file *file = files->files->pdata[i];

        for (guint j = 0; j < file->lines->len; j++) {
            const struct ini_line *line = ini_at(file->lines, j);
            g_autofree char *value =
                line->kind == INI_KEY ? ini_value(file->file->text, line) : NULL;

            if (value && strcmp(line->key, "exec") == 0 && strstr(value, "usageline polybar"))
                return true;
        }
    }
    return false;
}

static bool add_to_files(const struct polybar_files *files, const struct setup_position *position,
                         GError **error)
{
    g_autoptr(GPtrArray) done = g_ptr_array_new();
    struct addition addition = {.position = position, .files = files, .done = done};

    if (is_drawn(files))
        return true;
    g_autoptr(GPtrArray) bars = polybar_bars(files);
    if (bars->len == 0)
        return fail(error, files, _("describes no bar"));
    for (guint i = 0; i < bars->len; i++)
        add_to_bar(&addition, bars->pdata[i]);
    if (addition.is_referred)
        return fail(error, files, _("a list of modules comes from outside the configuration"));
    if (!addition.is_found && position->module)
        return fail(error, files, _("no list has the module that was named"));
    for (guint i = 0; !addition.is_found && i < bars->len; i++)
        add_list(&addition, bars->pdata[i]);
    add_definition(files);
    return check(files, error);
}

static struct polybar_files *load(struct setup_plan *plan, const struct setup_request *request,
                                  GError **error)
{
    struct setup_file *config = setup_places_open(plan, request->config, places, "polybar", error);

    return config ? polybar_files_load(plan, config, error) : NULL;
}

static bool add(struct setup_plan *plan, const struct setup_request *request, GError **error)
{
    autoptr(polybar_files) files = load(plan, request, error);

    return files && add_to_files(files, &request->position, error);
}

static bool is_ours(struct polybar_line header)
{
    const struct setup_file *file = header.file->file;
    g_autofree char *text = ini_section_text(file->text, header.file->lines, header.index);

    if (!file->backup)
        return setup_texts_are_alike(text, DEFINITION);
    g_autoptr(GArray) before = ini_read(file->backup);
    return ini_find_section(before, SECTION) < 0;
}

/* Whether the backup has a list with the module already. */
static bool was_listed(const struct setup_file *file)
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

struct removal {
    const struct polybar_files *files;
    bool is_defined_by_us;
    GPtrArray *done;
};

static void remove_from_bar(struct removal *removal, const char *bar)
{
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct polybar_line list = polybar_key(removal->files, bar, lists[i].key);
        const struct setup_file *file = list.file ? list.file->file : NULL;

        if (!file || g_ptr_array_find(removal->done, list.line, NULL))
            continue;
        g_ptr_array_add(removal->done, (gpointer)(gsize)list.line);
        if (file->backup ? !was_listed(file) : removal->is_defined_by_us)
            polybar_list_remove(list, MODULE);
    }
}

static bool remove_module(struct setup_plan *plan, const struct setup_request *request,
                          GError **error)
{
    autoptr(polybar_files) files = load(plan, request, error);
    struct polybar_line header;

    if (!files)
        return false;
    header = polybar_section(files, SECTION);
    bool is_defined_by_us = header.file && is_ours(header);
    if (is_defined_by_us)
        ini_remove(header.file->file, header.file->lines, header.index);
    g_autoptr(GPtrArray) done = g_ptr_array_new();
    g_autoptr(GPtrArray) bars = polybar_bars(files);
    struct removal removal = {files, is_defined_by_us, done};
    for (guint i = 0; i < bars->len; i++)
        remove_from_bar(&removal, ((const struct polybar_line *)bars->pdata[i])->line->section);
    return check(files, error);
}

static char *describe(void)
{
    return g_strdup_printf(_("In \"modules-right\" (or -center, -left) of your bar, the name:\n\n"
                             "  %s\n\nand beside the other modules:\n\n%s"),
                           MODULE, DEFINITION);
}

const struct bar_setup polybar_setup = {
    .places = places,
    .reload = "polybar-msg cmd restart",
    .describe = describe,
    .add = add,
    .remove = remove_module,
};
