#include "waybar/setup/waybar_setup.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/setup/command.h"
#include "common/setup/maker.h"
#include "waybar/setup/jsonc.h"
#include "waybar/setup/jsonc_edit.h"
#include "waybar/setup/waybar_bars.h"
#include "waybar/setup/waybar_remove.h"
#include "waybar/setup/waybar_style.h"
#include "waybar/setup/waybar_unstyle.h"

#include <string.h>

static const struct setup_place waybar_places[] = {
    {"WAYBAR_CONFIG_DIR", NULL, "config", false},
    {"WAYBAR_CONFIG_DIR", NULL, "config.jsonc", false},
    {"XDG_CONFIG_HOME", NULL, "waybar/config", false},
    {"XDG_CONFIG_HOME", NULL, "waybar/config.jsonc", false},
    {NULL, "~/.config", "waybar/config", false},
    {NULL, "~/.config", "waybar/config.jsonc", false},
    {NULL, "~", "waybar/config", false},
    {NULL, "~", "waybar/config.jsonc", false},
    {NULL, "/etc/xdg", "waybar/config", true},
    {NULL, "/etc/xdg", "waybar/config.jsonc", true},
    {0},
};

/* HyDE makes it of the layout that the user has chosen. */
static const struct maker_program waybar_makers[] = {
    {"HyDE", ".local/lib/hyde", ".config/waybar/config.jsonc"},
    {"HyDE", ".local/share/hyde", ".config/waybar/config.jsonc"},
    {0},
};

/* The lists, in the order in which they are tried unless the user names one. */
static const struct {
    enum setup_where where;
    const char *name;
} waybar_lists[] = {{SETUP_WHERE_RIGHT, "modules-right"},
                    {SETUP_WHERE_CENTER, "modules-center"},
                    {SETUP_WHERE_LEFT, "modules-left"}};

/* The usual modules at the end of a bar, which ours goes before; without "#" and what follows. */
static const char *const last_modules[] = {
    "tray",         "clock",         "battery",        "upower",
    "power",        "custom/power",  "group/power",    "custom/powermenu",
    "custom/clock", "custom/logout", "custom/lock",    "custom/notification",
    "custom/date",  "custom/time",   "custom/wlogout", NULL};

static bool waybar_is_last_module(const struct json *element)
{
    const char *name = json_string(element);
    g_auto(GStrv) parts = g_strsplit(name ? name : "", "#", 2);

    return parts[0] && g_strv_contains(last_modules, parts[0]);
}

/* The place before the modules that belong at the end; in a list without them its beginning. */
static guint waybar_usual_index(const struct json *list)
{
    guint index = json_length(list);

    while (index > 0 && waybar_is_last_module(json_at(list, index - 1)))
        index--;
    return index < json_length(list) ? index : 0;
}

struct waybar_addition {
    struct setup_plan *plan;
    const struct setup_request *request;
    GPtrArray *done; /* lists and objects that are edited, as several bars may include one */
};

static bool waybar_is_done(struct waybar_addition *addition, const struct json *json)
{
    if (g_ptr_array_find(addition->done, json, NULL))
        return true;
    g_ptr_array_add(addition->done, (gpointer)(gsize)json);
    return false;
}

static void waybar_insert_name(struct waybar_addition *addition, struct waybar_list found,
                               guint index)
{
    if (!waybar_is_done(addition, found.list))
        jsonc_insert(found.document->file, found.list, index, WAYBAR_NAME);
}

/* Adds the name beside another module; false if the bar has none of that name. */
static bool waybar_add_beside(struct waybar_addition *addition, const GPtrArray *bar)
{
    const struct setup_position *position = &addition->request->position;
    g_autoptr(GArray) all = waybar_bar_lists(bar);

    for (guint i = 0; i < all->len; i++) {
        struct waybar_list found = g_array_index(all, struct waybar_list, i);
        int index = jsonc_find(found.list, position->module);

        if (index < 0)
            continue;
        waybar_insert_name(addition, found,
                           (guint)index + (position->where == SETUP_WHERE_AFTER ? 1 : 0));
        return true;
    }
    return false;
}

/* Adds the name to the list that the user wants, or to the first; false if there is none. */
static bool waybar_add_to_list(struct waybar_addition *addition, const GPtrArray *bar)
{
    enum setup_where where = addition->request->position.where;

    for (gsize i = 0; i < G_N_ELEMENTS(waybar_lists); i++) {
        struct waybar_list found = waybar_bar_list(bar, waybar_lists[i].name);

        if (!found.list || (where != SETUP_WHERE_USUAL && where != waybar_lists[i].where))
            continue;
        waybar_insert_name(addition, found,
                           waybar_lists[i].where == SETUP_WHERE_RIGHT
                               ? waybar_usual_index(found.list)
                               : json_length(found.list));
        return true;
    }
    return false;
}

static bool waybar_has_module(const GPtrArray *bar)
{
    g_autoptr(GArray) all = waybar_bar_lists(bar);

    for (guint i = 0; i < all->len; i++) {
        if (jsonc_find(g_array_index(all, struct waybar_list, i).list, WAYBAR_MODULE) >= 0)
            return true;
    }
    return false;
}

/* The item on one line, for an object that is on one. */
static char *waybar_join_lines(const char *item)
{
    g_auto(GStrv) lines = g_strsplit(item, "\n", -1);

    for (char **line = lines; *line; line++)
        g_strstrip(*line);
    return g_strjoinv(" ", lines);
}

static void waybar_insert_member(struct waybar_addition *addition, const struct waybar_layer *layer,
                                 const char *item)
{
    const char *text = layer->document->file->text;
    g_autofree char *commands = setup_command_use_path(item, addition->request->program);
    bool on_lines = jsonc_is_on_lines(text, layer->object) || json_length(layer->object) == 0;
    g_autofree char *line = waybar_join_lines(commands);

    if (!waybar_is_done(addition, layer->object))
        jsonc_insert(layer->document->file, layer->object, json_length(layer->object),
                     on_lines ? commands : line);
}

static void waybar_add_definition(struct waybar_addition *addition, const GPtrArray *bar)
{
    if (!waybar_bar_definition(bar))
        waybar_insert_member(addition, waybar_bar_main_layer(bar), WAYBAR_DEFINITION);
}

/* Adds a list of our own, and with it the definition, to the bar's own object. */
static void waybar_add_list(struct waybar_addition *addition, const GPtrArray *bar)
{
    const char *name = waybar_lists[0].name;

    for (gsize i = 0; i < G_N_ELEMENTS(waybar_lists); i++) {
        if (waybar_lists[i].where == addition->request->position.where)
            name = waybar_lists[i].name;
    }
    g_autofree char *item =
        g_strdup_printf("\"%s\": [" WAYBAR_NAME "]%s", name,
                        waybar_bar_definition(bar) ? "" : ",\n" WAYBAR_DEFINITION);
    waybar_insert_member(addition, waybar_bar_layer(bar, 0), item);
}

static bool waybar_has_broken_list(const GPtrArray *bar)
{
    for (gsize i = 0; i < G_N_ELEMENTS(waybar_lists); i++) {
        struct waybar_list found = waybar_bar_list(bar, waybar_lists[i].name);
        if (found.document && !found.list)
            return true;
    }
    return false;
}

/* Adds the module to a bar that has a place for it; whether the bar has the module now. */
static bool waybar_add_to_bar(struct waybar_addition *addition, const GPtrArray *bar)
{
    enum setup_where where = addition->request->position.where;
    bool is_beside = where == SETUP_WHERE_BEFORE || where == SETUP_WHERE_AFTER;

    if (waybar_has_module(bar))
        addition->plan->has_module = addition->plan->has_module || waybar_bar_definition(bar);
    else if (!(is_beside ? waybar_add_beside(addition, bar) : waybar_add_to_list(addition, bar)))
        return false;
    waybar_add_definition(addition, bar);
    return true;
}

static bool waybar_add_to_bars(struct waybar_addition *addition, const struct waybar_bars *bars,
                               const char *path, GError **error)
{
    const struct setup_position *position = &addition->request->position;
    guint count = 0;

    for (guint i = 0; i < bars->bars->len; i++) {
        if (waybar_has_broken_list(bars->bars->pdata[i])) {
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("%s: a \"modules-…\" is not a list"), path);
            return false;
        }
        count += waybar_add_to_bar(addition, bars->bars->pdata[i]);
    }
    if (count > 0)
        return true;
    if (position->module) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: no list has the module \"%s\""),
                    path, position->module);
        return false;
    }
    for (guint i = 0; i < bars->bars->len; i++) {
        if (waybar_bar_has_includes(bars->bars->pdata[i])) {
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("%s: neither it nor what it includes has a list for the module"), path);
            return false;
        }
        waybar_add_list(addition, bars->bars->pdata[i]);
    }
    return true;
}

static bool waybar_runs_usageline(const struct json *json)
{
    bool found = json_string(json) && strstr(json_string(json), "usageline waybar");

    for (guint i = 0; !found && i < json_length(json); i++)
        found = waybar_runs_usageline(json_at(json, i));
    return found;
}

/* Whether a module of another name draws usageline already. */
static bool waybar_is_drawn(const struct waybar_bars *bars)
{
    for (guint i = 0; i < bars->documents->len; i++) {
        const struct waybar_document *document = bars->documents->pdata[i];

        if (waybar_runs_usageline(document->root) &&
            !jsonc_has_key(document->root, WAYBAR_MODULE) &&
            !jsonc_has_string(document->root, WAYBAR_MODULE))
            return true;
    }
    return false;
}

static bool waybar_check_results(const struct waybar_bars *bars, GError **error)
{
    for (guint i = 0; i < bars->documents->len; i++) {
        const struct waybar_document *document = bars->documents->pdata[i];
        g_autofree char *result = setup_file_result(document->file);
        g_autoptr(GError) problem = NULL;

        if (jsonc_differs_only_by(document->file->text, result, WAYBAR_MODULE, &problem))
            continue;
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: can't be changed safely: %s"),
                    document->file->path, problem->message);
        return false;
    }
    return true;
}

static struct waybar_bars *waybar_load(struct setup_plan *plan, const struct setup_request *request,
                                       GError **error)
{
    struct setup_file *config = setup_places_open(plan, request->config, waybar_places,
                                                  request->environment, "waybar", error);

    if (!config)
        return NULL;
    if (!config->maker)
        config->maker = maker_find_program(config->path, waybar_makers);
    return waybar_bars_load(plan, config, request->environment, error);
}

static bool waybar_add(struct setup_plan *plan, const struct setup_request *request, GError **error)
{
    autoptr(waybar_bars) bars = waybar_load(plan, request, error);
    g_autoptr(GPtrArray) done = g_ptr_array_new();
    struct waybar_addition addition = {plan, request, done};

    if (!bars)
        return false;
    if (waybar_is_drawn(bars))
        return true;
    if (bars->missing) { /* it may have the list to which the module belongs */
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_CONFIG, bars->missing);
        return false;
    }
    const struct waybar_document *document = bars->documents->pdata[0];
    return waybar_add_to_bars(&addition, bars, document->file->path, error) &&
           waybar_check_results(bars, error) && waybar_style_add(plan, request, error);
}

static bool waybar_remove_module(struct setup_plan *plan, const struct setup_request *request,
                                 GError **error)
{
    autoptr(waybar_bars) bars = waybar_load(plan, request, error);

    if (!bars)
        return false;
    waybar_remove(plan, bars);
    return waybar_check_results(bars, error) && waybar_unstyle(plan, bars, request, error);
}

static char *waybar_describe(void)
{
    static const char style[] =
        "  #custom-usageline           { padding: 0 10px; }\n"
        "  #custom-usageline.warning   { color: #e0af68; }\n"
        "  #custom-usageline.critical  { color: #ff9e64; }\n"
        "  #custom-usageline.exhausted { color: #1a1b26; background: #f7768e; }";

    return g_strdup_printf(_("In one of the \"modules-…\" lists:\n\n  %s,\n\n"
                             "beside the other modules:\n\n%s,\n\n"
                             "and in style.css, for colours:\n\n%s"),
                           WAYBAR_NAME, WAYBAR_DEFINITION, style);
}

const struct bar_setup waybar_setup = {
    .places = waybar_places,
    .has_style_sheet = true,
    .reload = N_("pkill -SIGUSR2 waybar   (before Waybar 0.10.1: start it again)"),
    .describe = waybar_describe,
    .add = waybar_add,
    .remove = waybar_remove_module,
};
