#include "waybar/setup/waybar_remove.h"

#include "waybar/setup/jsonc.h"
#include "waybar/setup/jsonc_plain.h"
#include "waybar/setup/waybar_module.h"

#include <string.h>

/* Whether a text has the module's name as a key, or elsewhere than as a key; what stands in a
 * comment does not count. */
static bool mentions(const char *text, bool as_key)
{
    g_autofree char *plain = jsonc_plain(text);
    const char *found = plain;

    while ((found = strstr(found, NAME))) {
        gsize after = (gsize)(found - plain) + strlen(NAME);

        if ((plain[jsonc_skip(plain, after)] == ':') == as_key)
            return true;
        found = plain + after;
    }
    return false;
}

static bool is_ours(const struct document *document, const struct jsonc *member)
{
    const struct setup_file *file = document->file;
    g_autofree char *text = g_strndup(file->text + member->first, member->end - member->first);

    return file->backup ? !mentions(file->backup, true) : setup_texts_are_alike(text, DEFINITION);
}

struct removal {
    bool is_defined_by_us; /* in any of the files */
};

/* Whether setup has put the name into the lists of this file. */
static bool is_listed_by_us(const struct removal *removal, const struct document *document)
{
    const char *backup = document->file->backup;

    return backup ? !mentions(backup, false) : removal->is_defined_by_us;
}

/* Whether one of the bars in this text has such a list; if it is no JSON, nobody knows. */
static bool has_list(const char *text, const char *name)
{
    autoptr(jsonc) root = jsonc_parse(text, NULL);
    bool found = !root || jsonc_get(root, name);

    for (guint i = 0; root && root->type == JSONC_ARRAY && i < root->children->len; i++)
        found = found || jsonc_get(root->children->pdata[i], name);
    return found;
}

static bool is_list_of_us(const struct jsonc *json)
{
    return json->type == JSONC_ARRAY && json->key && json->children->len == 1 &&
           jsonc_find(json, MODULE) == 0 && g_str_has_prefix(json->key, "modules-");
}

static bool is_removable(const struct removal *removal, const struct document *document,
                         const struct jsonc *child)
{
    if (child->key && strcmp(child->key, MODULE) == 0)
        return is_ours(document, child);
    if (child->key && is_list_of_us(child) && document->file->backup &&
        !has_list(document->file->backup, child->key))
        return true;
    return !child->key && g_strcmp0(child->string, MODULE) == 0 &&
           is_listed_by_us(removal, document);
}

static void remove_within(const struct removal *removal, const struct document *document,
                          const struct jsonc *holder)
{
    guint count = 0;

    for (guint i = 0; holder->children && i < holder->children->len; i += MAX(count, 1)) {
        const GPtrArray *children = holder->children;

        count = 0;
        while (i + count < children->len &&
               is_removable(removal, document, children->pdata[i + count]))
            count++;
        if (count > 0)
            jsonc_remove(document->file, holder, i, count);
        else
            remove_within(removal, document, children->pdata[i]);
    }
}

void waybar_remove(const struct bars *bars)
{
    struct removal removal = {false};

    for (guint i = 0; i < bars->bars->len; i++) {
        const struct layer *layer = bar_definition(bars->bars->pdata[i], MODULE);
        if (layer && is_ours(layer->document, jsonc_get(layer->object, MODULE)))
            removal.is_defined_by_us = true;
    }
    for (guint i = 0; i < bars->documents->len; i++) {
        const struct document *document = bars->documents->pdata[i];
        remove_within(&removal, document, document->root);
    }
}
