#include "waybar/setup/waybar_bars.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "waybar/setup/jsonc.h"
#include "waybar/setup/waybar_include.h"

#define MAX_DEPTH 100 /* of files that include files, as Waybar has it */
#define MAX_BARS  100

static const char *const list_names[] = {"modules-left", "modules-center", "modules-right"};

static void waybar_free_document(struct waybar_document *document)
{
    json_free(document->root);
    g_free(document);
}

static void waybar_free_bar(GPtrArray *bar)
{
    g_ptr_array_free(bar, TRUE);
}

void waybar_bars_free(struct waybar_bars *bars)
{
    if (!bars)
        return;
    g_ptr_array_free(bars->documents, TRUE);
    g_ptr_array_free(bars->bars, TRUE);
    g_free(bars->missing);
    g_free(bars);
}

const struct waybar_layer *waybar_bar_layer(const GPtrArray *bar, guint index)
{
    return bar->pdata[index];
}

static const struct waybar_document *waybar_read_document(struct waybar_bars *bars,
                                                          struct setup_file *file, GError **error)
{
    g_autoptr(GError) problem = NULL;
    struct waybar_document *document;
    struct json *root;

    for (guint i = 0; i < bars->documents->len; i++) {
        document = bars->documents->pdata[i];
        if (document->file == file)
            return document;
    }
    root = jsonc_parse(file->text, &problem);
    if (!root) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, "%s: %s", file->path, problem->message);
        return NULL;
    }
    document = g_new0(struct waybar_document, 1);
    document->file = file;
    document->root = root;
    g_ptr_array_add(bars->documents, document);
    return document;
}

struct waybar_reading {
    struct setup_plan *plan;
    char **environment;
    struct waybar_bars *bars;
    GPtrArray *bar;
    guint depth;
    bool is_for_some;
};

static bool waybar_add_layer(struct waybar_reading *reading, const struct waybar_document *document,
                             const struct json *object, GError **error);

static bool waybar_include_file(struct waybar_reading *reading,
                                const struct waybar_included *included, GError **error)
{
    struct setup_file *file = setup_plan_read(reading->plan, included->path, error);
    const struct waybar_document *document =
        file ? waybar_read_document(reading->bars, file, error) : NULL;

    if (document && included->has_copies && !file->obstacle)
        file->obstacle = g_strdup(_("is included by a pattern that would include its copy too"));
    return document && waybar_add_layer(reading, document, document->root, error);
}

/* Waybar passes over what it does not find, or does not start at all. */
static bool waybar_pass_over(struct waybar_reading *reading, const struct waybar_document *document,
                             const char *name, GError **error)
{
    const char *path = document->file->path;

    if (!setup_plan_has_budget(reading->plan, path, error))
        return false;
    if (!reading->bars->missing)
        reading->bars->missing =
            g_strdup_printf(_("%s: it includes \"%s\", which is not found"), path, name);
    return true;
}

static bool waybar_include(struct waybar_reading *reading, const struct waybar_document *document,
                           const struct json *include, GError **error)
{
    const char *name = json_string(include) ? json_string(include) : "";
    g_autoptr(GPtrArray) found = waybar_include_find(reading->plan, reading->environment, name);
    bool was_for_some = reading->is_for_some;
    bool done = true;

    if (found->len == 0)
        return waybar_pass_over(reading, document, name, error);
    for (guint i = 0; done && i < found->len; i++) {
        done = waybar_include_file(reading, found->pdata[i], error);
        reading->is_for_some = true;
    }
    reading->is_for_some = was_for_some;
    return done;
}

static bool waybar_add_includes(struct waybar_reading *reading,
                                const struct waybar_document *document, const struct json *object,
                                GError **error)
{
    const struct json *names = json_get(object, "include");
    bool done = true;

    if (json_string(names))
        return waybar_include(reading, document, names, error);
    for (guint i = 0; done && json_type(names) == JSON_ARRAY && i < json_length(names); i++)
        done = waybar_include(reading, document, json_at(names, i), error);
    return done;
}

static bool waybar_add_layer(struct waybar_reading *reading, const struct waybar_document *document,
                             const struct json *object, GError **error)
{
    struct waybar_layer *layer;
    bool done;

    if (json_type(object) != JSON_OBJECT)
        return true;
    if (reading->depth > MAX_DEPTH) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: files include each other"),
                    document->file->path);
        return false;
    }
    layer = g_new0(struct waybar_layer, 1);
    layer->document = document;
    layer->object = object;
    layer->is_for_some = reading->is_for_some;
    g_ptr_array_add(reading->bar, layer);
    reading->depth++;
    done = waybar_add_includes(reading, document, object, error);
    reading->depth--;
    return done;
}

static bool waybar_add_bar(struct waybar_reading *reading, const struct waybar_document *document,
                           const struct json *object, GError **error)
{
    reading->bar = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(reading->bars->bars, reading->bar);
    return waybar_add_layer(reading, document, object, error);
}

static bool waybar_add_bars(struct waybar_reading *reading, const struct waybar_document *document,
                            GError **error)
{
    const GPtrArray *bars = reading->bars->bars;
    const struct json *root = document->root;
    bool done = true;

    if (json_type(root) == JSON_OBJECT)
        return waybar_add_bar(reading, document, root, error);
    for (guint i = 0; done && i < json_length(root); i++) {
        if (json_type(json_at(root, i)) == JSON_OBJECT)
            done = waybar_add_bar(reading, document, json_at(root, i), error);
    }
    if (done && (bars->len == 0 || bars->len > MAX_BARS)) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    bars->len == 0 ? _("%s: describes no bar") : _("%s: describes too many bars"),
                    document->file->path);
        return false;
    }
    return done;
}

struct waybar_bars *waybar_bars_load(struct setup_plan *plan, struct setup_file *config,
                                     char **environment, GError **error)
{
    autoptr(waybar_bars) bars = g_new0(struct waybar_bars, 1);
    struct waybar_reading reading = {.plan = plan, .environment = environment, .bars = bars};
    const struct waybar_document *document;

    bars->documents = g_ptr_array_new_with_free_func((GDestroyNotify)waybar_free_document);
    bars->bars = g_ptr_array_new_with_free_func((GDestroyNotify)waybar_free_bar);
    document = waybar_read_document(bars, config, error);
    if (!document || !waybar_add_bars(&reading, document, error))
        return NULL;
    return g_steal_pointer(&bars);
}

struct waybar_list waybar_bar_list(const GPtrArray *bar, const char *name)
{
    for (guint i = 0; i < bar->len; i++) {
        const struct waybar_layer *layer = waybar_bar_layer(bar, i);
        const struct json *list = json_get(layer->object, name);

        if (list)
            return (struct waybar_list){layer->document,
                                        json_type(list) == JSON_ARRAY ? list : NULL};
    }
    return (struct waybar_list){NULL, NULL};
}

/* Adds the lists of groups that no layer before has decided on. */
static void waybar_add_groups(const struct waybar_layer *layer, GHashTable *decided, GArray *lists)
{
    for (guint i = 0; i < json_length(layer->object); i++) {
        const char *key = json_key_at(layer->object, i);
        const struct json *group = json_at(layer->object, i);
        struct waybar_list found = {layer->document, json_get(group, "modules")};

        if (!g_str_has_prefix(key, "group/") || g_hash_table_contains(decided, key) ||
            (json_type(group) == JSON_OBJECT && !found.list))
            continue;
        g_hash_table_add(decided, (gpointer)(gsize)key);
        if (json_type(found.list) == JSON_ARRAY)
            g_array_append_val(lists, found);
    }
}

GArray *waybar_bar_lists(const GPtrArray *bar)
{
    g_autoptr(GHashTable) decided = g_hash_table_new(g_str_hash, g_str_equal);
    GArray *lists = g_array_new(FALSE, FALSE, sizeof(struct waybar_list));

    for (gsize i = 0; i < G_N_ELEMENTS(list_names); i++) {
        struct waybar_list found = waybar_bar_list(bar, list_names[i]);
        if (found.list)
            g_array_append_val(lists, found);
    }
    for (guint i = 0; i < bar->len; i++)
        waybar_add_groups(waybar_bar_layer(bar, i), decided, lists);
    return lists;
}

const struct waybar_layer *waybar_bar_definition(const GPtrArray *bar)
{
    for (guint i = 0; i < bar->len; i++) {
        const struct waybar_layer *layer = waybar_bar_layer(bar, i);
        if (json_get(layer->object, WAYBAR_MODULE))
            return layer;
    }
    return NULL;
}

bool waybar_bar_has_includes(const GPtrArray *bar)
{
    bool found = false;

    for (guint i = 0; !found && i < bar->len; i++)
        found = json_get(waybar_bar_layer(bar, i)->object, "include") != NULL;
    return found;
}

/* The names in all lists of the bar. */
static GHashTable *waybar_bar_names(const GPtrArray *bar)
{
    g_autoptr(GArray) lists = waybar_bar_lists(bar);
    GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < lists->len; i++) {
        const struct json *list = g_array_index(lists, struct waybar_list, i).list;

        for (guint j = 0; j < json_length(list); j++) {
            const char *name = json_string(json_at(list, j));
            if (name)
                g_hash_table_add(names, (gpointer)(gsize)name);
        }
    }
    return names;
}

const struct waybar_layer *waybar_bar_main_layer(const GPtrArray *bar)
{
    g_autoptr(GHashTable) names = waybar_bar_names(bar);
    const struct waybar_layer *best = waybar_bar_layer(bar, 0);
    guint most = 0;

    for (guint i = 0; i < bar->len; i++) {
        const struct waybar_layer *layer = waybar_bar_layer(bar, i);
        guint count = 0;

        if (layer->is_for_some || layer->document->file->obstacle)
            continue;
        for (guint j = 0; j < json_length(layer->object); j++)
            count += json_type(json_at(layer->object, j)) == JSON_OBJECT &&
                     g_hash_table_contains(names, json_key_at(layer->object, j));
        if (count > most) {
            most = count;
            best = layer;
        }
    }
    return best;
}
