#include "waybar/setup/waybar_setup.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "waybar/setup/jsonc.h"
#include "waybar/setup/jsonc_plain.h"
#include "waybar/setup/waybar_bars.h"
#include "waybar/setup/waybar_module.h"
#include "waybar/setup/waybar_remove.h"
#include "waybar/setup/waybar_style.h"

#include <string.h>

static const struct setup_place places[] = {
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

/* The lists, in the order in which they are tried if the user names none. */
static const struct {
    enum setup_where where;
    const char *name;
} lists[] = {{SETUP_WHERE_RIGHT, "modules-right"},
             {SETUP_WHERE_CENTER, "modules-center"},
             {SETUP_WHERE_LEFT, "modules-left"}};

/* What stands at the end of a bar, as people know it; the module goes before it. Names without what
 * follows "#". */
static const char *const last_modules[] = {
    "tray",         "clock",         "battery",        "upower",
    "power",        "custom/power",  "group/power",    "custom/powermenu",
    "custom/clock", "custom/logout", "custom/lock",    "custom/notification",
    "custom/date",  "custom/time",   "custom/wlogout", NULL};

static bool is_last_module(const struct jsonc *element)
{
    g_auto(GStrv) parts = g_strsplit(element->string ? element->string : "", "#", 2);

    return parts[0] && g_strv_contains(last_modules, parts[0]);
}

/* Before the modules that belong at the end; in a list without them at its beginning, so that the
 * order of all others stays. */
static guint usual_index(const struct jsonc *list)
{
    guint index = list->children->len;

    while (index > 0 && is_last_module(list->children->pdata[index - 1]))
        index--;
    return index < list->children->len ? index : 0;
}

struct addition {
    const struct setup_request *request;
    GPtrArray *done; /* lists and objects of files that several bars include: changed but once */
};

static bool is_done(struct addition *addition, const struct jsonc *json)
{
    if (g_ptr_array_find(addition->done, json, NULL))
        return true;
    g_ptr_array_add(addition->done, (gpointer)(gsize)json);
    return false;
}

static void insert_name(struct addition *addition, struct module_list found, guint index)
{
    if (!is_done(addition, found.list))
        jsonc_insert(found.document->file, found.list, index, NAME);
}

/* Beside another module; false if the bar has none of that name. */
static bool add_beside(struct addition *addition, const GPtrArray *bar)
{
    const struct setup_position *position = &addition->request->position;
    g_autoptr(GArray) all = bar_lists(bar);

    for (guint i = 0; i < all->len; i++) {
        struct module_list found = g_array_index(all, struct module_list, i);
        int index = jsonc_find(found.list, position->module);

        if (index < 0)
            continue;
        insert_name(addition, found, (guint)index + (position->where == SETUP_WHERE_AFTER ? 1 : 0));
        return true;
    }
    return false;
}

/* Into the list that the user wants, or the first one that is there; false if there is none. */
static bool add_to_list(struct addition *addition, const GPtrArray *bar)
{
    enum setup_where where = addition->request->position.where;

    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct module_list found = bar_list(bar, lists[i].name);

        if (!found.list || (where != SETUP_WHERE_USUAL && where != lists[i].where))
            continue;
        insert_name(addition, found,
                    lists[i].where == SETUP_WHERE_RIGHT ? usual_index(found.list)
                                                        : found.list->children->len);
        return true;
    }
    return false;
}

static bool is_listed(const GPtrArray *bar)
{
    g_autoptr(GArray) all = bar_lists(bar);

    for (guint i = 0; i < all->len; i++) {
        if (jsonc_find(g_array_index(all, struct module_list, i).list, MODULE) >= 0)
            return true;
    }
    return false;
}

/* An item on one line, for an object that has but one. */
static char *join_lines(const char *item)
{
    g_auto(GStrv) lines = g_strsplit(item, "\n", -1);

    for (char **line = lines; *line; line++)
        g_strstrip(*line);
    return g_strjoinv(" ", lines);
}

static void insert_member(struct addition *addition, const struct layer *layer, const char *item)
{
    const char *text = layer->document->file->text;
    bool on_lines = jsonc_is_on_lines(text, layer->object) || layer->object->children->len == 0;
    g_autofree char *line = join_lines(item);

    if (!is_done(addition, layer->object))
        jsonc_insert(layer->document->file, layer->object, layer->object->children->len,
                     on_lines ? item : line);
}

static void add_definition(struct addition *addition, const GPtrArray *bar)
{
    if (!bar_definition(bar, MODULE))
        insert_member(addition, bar_place_of_definitions(bar), DEFINITION);
}

/* A list of its own, in the bar's own object, and the definition with it. */
static void add_list(struct addition *addition, const GPtrArray *bar)
{
    const char *name = lists[0].name;

    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        if (lists[i].where == addition->request->position.where)
            name = lists[i].name;
    }
    g_autofree char *item = g_strdup_printf("\"%s\": [" NAME "]%s", name,
                                            bar_definition(bar, MODULE) ? "" : ",\n" DEFINITION);
    insert_member(addition, bar_layer(bar, 0), item);
}

static bool has_broken_list(const GPtrArray *bar)
{
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        struct module_list found = bar_list(bar, lists[i].name);
        if (found.document && !found.list)
            return true;
    }
    return false;
}

/* Adds the module to a bar that has a place for it; whether it has the module then. */
static bool add_to_bar(struct addition *addition, const GPtrArray *bar)
{
    enum setup_where where = addition->request->position.where;
    bool is_beside = where == SETUP_WHERE_BEFORE || where == SETUP_WHERE_AFTER;

    if (!is_listed(bar) && !(is_beside ? add_beside(addition, bar) : add_to_list(addition, bar)))
        return false;
    add_definition(addition, bar);
    return true;
}

static bool add_to_bars(struct addition *addition, const struct bars *bars, const char *path,
                        GError **error)
{
    const struct setup_position *position = &addition->request->position;
    guint count = 0;

    for (guint i = 0; i < bars->bars->len; i++) {
        if (has_broken_list(bars->bars->pdata[i])) {
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("%s: a \"modules-…\" is not a list"), path);
            return false;
        }
        count += add_to_bar(addition, bars->bars->pdata[i]);
    }
    if (count > 0)
        return true;
    if (position->module) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: no list has the module \"%s\""),
                    path, position->module);
        return false;
    }
    for (guint i = 0; i < bars->bars->len; i++)
        add_list(addition, bars->bars->pdata[i]);
    return true;
}

/* Whether a module of another name draws usageline already. */
static bool is_drawn(const struct bars *bars)
{
    for (guint i = 0; i < bars->documents->len; i++) {
        const struct document *document = bars->documents->pdata[i];
        g_autofree char *plain = jsonc_plain(document->file->text);

        if (strstr(plain, "usageline waybar") && !strstr(plain, NAME))
            return true;
    }
    return false;
}

static bool check(const struct bars *bars, GError **error)
{
    for (guint i = 0; i < bars->documents->len; i++) {
        const struct document *document = bars->documents->pdata[i];
        g_autofree char *result = setup_file_result(document->file);
        g_autoptr(GError) problem = NULL;

        if (jsonc_differs_only_by(document->file->text, result, MODULE, &problem))
            continue;
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: can't be changed safely: %s"),
                    document->file->path, problem->message);
        return false;
    }
    return true;
}

static struct bars *load(struct setup_plan *plan, const struct setup_request *request,
                         GError **error)
{
    struct setup_file *config = setup_places_open(plan, request->config, places, "waybar", error);

    return config ? bars_load(plan, config, error) : NULL;
}

static bool add(struct setup_plan *plan, const struct setup_request *request, GError **error)
{
    autoptr(bars) bars = load(plan, request, error);
    g_autoptr(GPtrArray) done = g_ptr_array_new();
    struct addition addition = {request, done};

    if (!bars)
        return false;
    if (is_drawn(bars))
        return true;
    const struct document *document = bars->documents->pdata[0];
    return add_to_bars(&addition, bars, document->file->path, error) && check(bars, error) &&
           waybar_style_add(plan, request, error);
}

static bool remove_module(struct setup_plan *plan, const struct setup_request *request,
                          GError **error)
{
    autoptr(bars) bars = load(plan, request, error);

    if (!bars)
        return false;
    waybar_remove(bars);
    return check(bars, error) && waybar_style_remove(plan, request->config, error);
}

static char *describe(void)
{
    static const char style[] = "  #custom-usageline.warning   { color: #e0af68; }\n"
                                "  #custom-usageline.critical  { color: #ff9e64; }\n"
                                "  #custom-usageline.exhausted { color: #f7768e; }";

    return g_strdup_printf(_("In one of the \"modules-…\" lists:\n\n  %s,\n\n"
                             "beside the other modules:\n\n%s,\n\n"
                             "and in style.css, for colours:\n\n%s"),
                           NAME, DEFINITION, style);
}

const struct bar_setup waybar_setup = {
    .places = places,
    .has_style_sheet = true,
    .reload = "pkill -SIGUSR2 waybar",
    .describe = describe,
    .add = add,
    .remove = remove_module,
};
