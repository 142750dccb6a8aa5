#include "waybar/setup/waybar_bars.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"
#include "waybar/setup/jsonc.h"

#include <unistd.h>
#include <wordexp.h>

#define MAX_DEPTH 16 /* of files that include files */

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

/* The files that Waybar finds by this name, which may be a pattern. It looks for a relative one in
 * the folder where it was started, usually the home folder. */
static char **waybar_find_included(const char *name)
{
    g_autofree char *home = paths_home();
    GPtrArray *found = g_ptr_array_new();
    wordexp_t words;
    bool is_pattern = wordexp(name, &words, WRDE_NOCMD) == 0;

    for (gsize i = 0; is_pattern && i < words.we_wordc; i++) {
        char *path = g_canonicalize_filename(words.we_wordv[i], home);

        if (access(path, F_OK) == 0)
            g_ptr_array_add(found, path);
        else
            g_free(path); /* Waybar reports it itself */
    }
    if (is_pattern)
        wordfree(&words);
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}

struct waybar_reading {
    struct setup_plan *plan;
    struct waybar_bars *bars;
    GPtrArray *bar;
    int depth;
};

static bool waybar_add_layer(struct waybar_reading *reading, const struct waybar_document *document,
                             const struct json *object, GError **error);

static bool waybar_include(struct waybar_reading *reading, const struct json *name, GError **error)
{
    g_auto(GStrv) paths = waybar_find_included(json_string(name) ? json_string(name) : "");

    for (char **path = paths; *path; path++) {
        struct setup_file *file = setup_plan_read(reading->plan, *path, error);
        const struct waybar_document *document =
            file ? waybar_read_document(reading->bars, file, error) : NULL;

        if (!document || !waybar_add_layer(reading, document, document->root, error))
            return false;
    }
    return true;
}

static bool waybar_add_layer(struct waybar_reading *reading, const struct waybar_document *document,
                             const struct json *object, GError **error)
{
    const struct json *names = json_get(object, "include");
    struct waybar_layer *layer;
    bool done = true;

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
    g_ptr_array_add(reading->bar, layer);
    reading->depth++;
    if (json_type(names) == JSON_ARRAY) {
        for (guint i = 0; done && i < json_length(names); i++)
            done = waybar_include(reading, json_at(names, i), error);
    } else if (names) {
        done = waybar_include(reading, names, error);
    }
    reading->depth--;
    return done;
}

static bool waybar_add_bar(struct setup_plan *plan, struct waybar_bars *bars,
                           const struct waybar_document *document, const struct json *object,
                           GError **error)
{
    struct waybar_reading reading = {plan, bars, g_ptr_array_new_with_free_func(g_free), 0};

    g_ptr_array_add(bars->bars, reading.bar);
    return waybar_add_layer(&reading, document, object, error);
}

struct waybar_bars *waybar_bars_load(struct setup_plan *plan, struct setup_file *config,
                                     GError **error)
{
    autoptr(waybar_bars) bars = g_new0(struct waybar_bars, 1);
    const struct waybar_document *document;
    bool done = true;

    bars->documents = g_ptr_array_new_with_free_func((GDestroyNotify)waybar_free_document);
    bars->bars = g_ptr_array_new_with_free_func((GDestroyNotify)waybar_free_bar);
    document = waybar_read_document(bars, config, error);
    if (!document)
        return NULL;
    if (json_type(document->root) == JSON_OBJECT)
        done = waybar_add_bar(plan, bars, document, document->root, error);
    else
        for (guint i = 0; done && i < json_length(document->root); i++) {
            const struct json *object = json_at(document->root, i);
            done = json_type(object) != JSON_OBJECT ||
                   waybar_add_bar(plan, bars, document, object, error);
        }
    if (done && bars->bars->len == 0) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: describes no bar"),
                    config->path);
        done = false;
    }
    return done ? g_steal_pointer(&bars) : NULL;
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

static void waybar_add_groups(const struct waybar_layer *layer, GArray *lists)
{
    for (guint i = 0; i < json_length(layer->object); i++) {
        struct waybar_list found = {layer->document,
                                    json_get(json_at(layer->object, i), "modules")};

        if (json_type(found.list) == JSON_ARRAY &&
            g_str_has_prefix(json_key_at(layer->object, i), "group/"))
            g_array_append_val(lists, found);
    }
}

GArray *waybar_bar_lists(const GPtrArray *bar)
{
    GArray *lists = g_array_new(FALSE, FALSE, sizeof(struct waybar_list));

    for (gsize i = 0; i < G_N_ELEMENTS(list_names); i++) {
        struct waybar_list found = waybar_bar_list(bar, list_names[i]);
        if (found.list)
            g_array_append_val(lists, found);
    }
    for (guint i = 0; i < bar->len; i++)
        waybar_add_groups(waybar_bar_layer(bar, i), lists);
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

static bool waybar_is_listed(const GArray *lists, const char *module)
{
    for (guint i = 0; i < lists->len; i++) {
        if (jsonc_find(g_array_index(lists, struct waybar_list, i).list, module) >= 0)
            return true;
    }
    return false;
}

const struct waybar_layer *waybar_bar_main_layer(const GPtrArray *bar)
{
    g_autoptr(GArray) lists = waybar_bar_lists(bar);
    const struct waybar_layer *best = waybar_bar_layer(bar, 0);
    guint most = 0;

    for (guint i = 0; i < bar->len; i++) {
        const struct waybar_layer *layer = waybar_bar_layer(bar, i);
        guint count = 0;

        for (guint j = 0; j < json_length(layer->object); j++)
            count += json_type(json_at(layer->object, j)) == JSON_OBJECT &&
                     waybar_is_listed(lists, json_key_at(layer->object, j));
        if (count > most && !layer->document->file->obstacle) {
            most = count;
            best = layer;
        }
    }
    return best;
}
