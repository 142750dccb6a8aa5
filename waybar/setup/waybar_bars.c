#include "waybar/setup/waybar_bars.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"

#include <string.h>
#include <unistd.h>
#include <wordexp.h>

#define MAX_DEPTH 16 /* of files that include files */

static const char *const list_names[] = {"modules-left", "modules-center", "modules-right"};

static void document_free(struct document *document)
{
    jsonc_free(document->root);
    g_free(document);
}

static void bar_free(GPtrArray *bar)
{
    g_ptr_array_free(bar, TRUE);
}

void bars_free(struct bars *bars)
{
    if (!bars)
        return;
    g_ptr_array_free(bars->documents, TRUE);
    g_ptr_array_free(bars->bars, TRUE);
    g_free(bars);
}

const struct layer *bar_layer(const GPtrArray *bar, guint index)
{
    return bar->pdata[index];
}

static const struct document *read_document(struct bars *bars, struct setup_file *file,
                                            GError **error)
{
    g_autoptr(GError) problem = NULL;
    struct document *document;
    struct jsonc *root;

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
    document = g_new0(struct document, 1);
    document->file = file;
    document->root = root;
    g_ptr_array_add(bars->documents, document);
    return document;
}

/* What Waybar finds by this name, which may be a pattern. A relative one is looked for where Waybar
 * has been started, which is the home folder as a rule. */
static char **find_included(const char *name)
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
            g_free(path); /* Waybar will say so itself */
    }
    if (is_pattern)
        wordfree(&words);
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}

struct reading {
    struct setup_plan *plan;
    struct bars *bars;
    GPtrArray *bar;
    int depth;
};

static bool add_layer(struct reading *reading, const struct document *document,
                      const struct jsonc *object, GError **error);

static bool include(struct reading *reading, const struct jsonc *name, GError **error)
{
    g_auto(GStrv) paths = find_included(name->string ? name->string : "");

    for (char **path = paths; *path; path++) {
        struct setup_file *file = setup_plan_read(reading->plan, *path, error);
        const struct document *document = file ? read_document(reading->bars, file, error) : NULL;

        if (!document || !add_layer(reading, document, document->root, error))
            return false;
    }
    return true;
}

static bool add_layer(struct reading *reading, const struct document *document,
                      const struct jsonc *object, GError **error)
{
    const struct jsonc *names = jsonc_get(object, "include");
    struct layer *layer;
    bool done = true;

    if (object->type != JSONC_OBJECT)
        return true;
    if (reading->depth > MAX_DEPTH) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: files include each other"),
                    document->file->path);
        return false;
    }
    layer = g_new0(struct layer, 1);
    layer->document = document;
    layer->object = object;
    g_ptr_array_add(reading->bar, layer);
    reading->depth++;
    if (names && names->type == JSONC_ARRAY) {
        for (guint i = 0; done && i < names->children->len; i++)
            done = include(reading, names->children->pdata[i], error);
    } else if (names) {
        done = include(reading, names, error);
    }
    reading->depth--;
    return done;
}

static bool add_bar(struct setup_plan *plan, struct bars *bars, const struct document *document,
                    const struct jsonc *object, GError **error)
{
    struct reading reading = {plan, bars, g_ptr_array_new_with_free_func(g_free), 0};

    g_ptr_array_add(bars->bars, reading.bar);
    if (add_layer(&reading, document, object, error))
        return true;
    return false;
}

struct bars *bars_load(struct setup_plan *plan, struct setup_file *config, GError **error)
{
    autoptr(bars) bars = g_new0(struct bars, 1);
    const struct document *document;
    bool done = true;

    bars->documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
    bars->bars = g_ptr_array_new_with_free_func((GDestroyNotify)bar_free);
    document = read_document(bars, config, error);
    if (!document)
        return NULL;
    if (document->root->type == JSONC_OBJECT)
        done = add_bar(plan, bars, document, document->root, error);
    for (guint i = 0; done && document->root->type == JSONC_ARRAY; i++) {
        if (i == document->root->children->len)
            break;
        const struct jsonc *object = document->root->children->pdata[i];
        done = object->type != JSONC_OBJECT || add_bar(plan, bars, document, object, error);
    }
    if (done && bars->bars->len == 0) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: describes no bar"),
                    config->path);
        done = false;
    }
    return done ? g_steal_pointer(&bars) : NULL;
}

struct module_list bar_list(const GPtrArray *bar, const char *name)
{
    for (guint i = 0; i < bar->len; i++) {
        const struct layer *layer = bar_layer(bar, i);
        const struct jsonc *list = jsonc_get(layer->object, name);

        if (list)
            return (struct module_list){layer->document, list->type == JSONC_ARRAY ? list : NULL};
    }
    return (struct module_list){NULL, NULL};
}

static void add_groups(const struct layer *layer, GArray *lists)
{
    for (guint i = 0; i < layer->object->children->len; i++) {
        const struct jsonc *member = layer->object->children->pdata[i];
        struct module_list found = {layer->document, jsonc_get(member, "modules")};

        if (found.list && found.list->type == JSONC_ARRAY &&
            g_str_has_prefix(member->key, "group/"))
            g_array_append_val(lists, found);
    }
}

GArray *bar_lists(const GPtrArray *bar)
{
    GArray *lists = g_array_new(FALSE, FALSE, sizeof(struct module_list));

    for (gsize i = 0; i < G_N_ELEMENTS(list_names); i++) {
        struct module_list found = bar_list(bar, list_names[i]);
        if (found.list)
            g_array_append_val(lists, found);
    }
    for (guint i = 0; i < bar->len; i++)
        add_groups(bar_layer(bar, i), lists);
    return lists;
}

const struct layer *bar_definition(const GPtrArray *bar, const char *module)
{
    for (guint i = 0; i < bar->len; i++) {
        const struct layer *layer = bar_layer(bar, i);
        if (jsonc_get(layer->object, module))
            return layer;
    }
    return NULL;
}

static bool is_listed(const GArray *lists, const char *module)
{
    for (guint i = 0; i < lists->len; i++) {
        if (jsonc_find(g_array_index(lists, struct module_list, i).list, module) >= 0)
            return true;
    }
    return false;
}

const struct layer *bar_place_of_definitions(const GPtrArray *bar)
{
    g_autoptr(GArray) lists = bar_lists(bar);
    const struct layer *best = bar_layer(bar, 0);
    guint most = 0;

    for (guint i = 0; i < bar->len; i++) {
        const struct layer *layer = bar_layer(bar, i);
        guint count = 0;

        for (guint j = 0; j < layer->object->children->len; j++) {
            const struct jsonc *member = layer->object->children->pdata[j];
            count += member->type == JSONC_OBJECT && is_listed(lists, member->key);
        }
        if (count > most && !layer->document->file->obstacle) {
            most = count;
            best = layer;
        }
    }
    return best;
}
