#include "waybar/setup/waybar_remove.h"

#include "common/base/i18n.h"
#include "waybar/setup/jsonc.h"
#include "waybar/setup/jsonc_edit.h"
#include "waybar/setup/waybar_beside.h"

#include <string.h>

struct waybar_removal {
    const struct waybar_document *document;
    bool is_defined_by_us; /* in any of the files */
    bool is_needed;        /* the document's definition, by another bar */
};

/* Whether the text had the module's name as a key, or elsewhere than as a key. */
static bool waybar_mentions(const char *text, bool as_key)
{
    autoptr(json) root = jsonc_parse(text, NULL);

    if (!root)
        return strstr(text, WAYBAR_NAME) != NULL;
    return as_key ? jsonc_has_key(root, WAYBAR_MODULE) : jsonc_has_string(root, WAYBAR_MODULE);
}

static bool waybar_is_as_made(const struct setup_file *file, const struct json *definition)
{
    struct json_place place = json_place(definition);
    g_autofree char *text = g_strndup(file->text + place.first, place.end - place.first);

    return setup_text_is_as_made(text, WAYBAR_DEFINITION);
}

/* Whether setup has written this definition of the module. */
static bool waybar_is_our_definition(const struct setup_file *file, const struct json *definition)
{
    return file->backup ? !waybar_mentions(file->backup, true)
                        : waybar_is_as_made(file, definition);
}

/* Whether setup has put the name into the lists of this file. */
static bool waybar_is_our_name(const struct waybar_removal *removal)
{
    const char *backup = removal->document->file->backup;

    return backup ? !waybar_mentions(backup, false) : removal->is_defined_by_us;
}

/* Whether one of the bars in this text has the list, or might have it because it is no JSON. */
static bool waybar_had_list(const char *text, const char *name)
{
    autoptr(json) root = jsonc_parse(text, NULL);
    bool found = !root || json_get(root, name);

    for (guint i = 0; json_type(root) == JSON_ARRAY && i < json_length(root); i++)
        found = found || json_get(json_at(root, i), name);
    return found;
}

/* Whether setup has added this list for the module. */
static bool waybar_is_our_list(const struct setup_file *file, const struct json *list,
                               const char *key)
{
    return json_length(list) == 1 && jsonc_find(list, WAYBAR_MODULE) == 0 &&
           g_str_has_prefix(key, "modules-") && file->backup && !waybar_had_list(file->backup, key);
}

static bool waybar_is_removable(const struct waybar_removal *removal, const struct json *holder,
                                guint index)
{
    const struct setup_file *file = removal->document->file;
    const struct json *child = json_at(holder, index);
    const char *key = json_key_at(holder, index);

    if (!key)
        return g_strcmp0(json_string(child), WAYBAR_MODULE) == 0 && waybar_is_our_name(removal);
    return strcmp(key, WAYBAR_MODULE) == 0
               ? !removal->is_needed && waybar_is_our_definition(file, child)
               : waybar_is_our_list(file, child, key);
}

static void waybar_note_changes(struct setup_file *file, const struct json *holder, guint index)
{
    if (g_strcmp0(json_key_at(holder, index), WAYBAR_MODULE) == 0 &&
        !waybar_is_as_made(file, json_at(holder, index)))
        file->is_changed_by_user = true;
}

static void waybar_remove_within(const struct waybar_removal *removal, const struct json *holder)
{
    guint count;

    for (guint i = 0; i < json_length(holder); i += MAX(count, 1)) {
        count = 0;
        while (i + count < json_length(holder) && waybar_is_removable(removal, holder, i + count))
            count++;
        for (guint j = i; j < i + count; j++)
            waybar_note_changes(removal->document->file, holder, j);
        if (count > 0)
            jsonc_remove(removal->document->file, holder, i, count);
        else
            waybar_remove_within(removal, json_at(holder, i));
    }
}

/* Whether the document is included by a configuration of another bar that needs its definition. */
static bool waybar_is_needed(struct setup_plan *plan, const struct waybar_bars *bars,
                             const struct waybar_document *document)
{
    const struct waybar_document *config = bars->documents->pdata[0];
    const char *path = document->file->path;
    g_autofree char *user = NULL;

    if (document == config || !jsonc_has_key(document->root, WAYBAR_MODULE))
        return false;
    user = waybar_beside_find_user(plan, bars, config->file->path, true);
    if (!user)
        user = waybar_beside_find_user(plan, bars, path, true);
    if (user)
        setup_plan_note(plan, _("The module in %s stays, because %s needs it."), path, user);
    return user != NULL;
}

void waybar_remove(struct setup_plan *plan, const struct waybar_bars *bars)
{
    struct waybar_removal removal = {0};

    for (guint i = 0; i < bars->bars->len; i++) {
        const struct waybar_layer *layer = waybar_bar_definition(bars->bars->pdata[i]);
        if (layer &&
            waybar_is_our_definition(layer->document->file, json_get(layer->object, WAYBAR_MODULE)))
            removal.is_defined_by_us = true;
    }
    for (guint i = 0; i < bars->documents->len; i++) {
        removal.document = bars->documents->pdata[i];
        removal.is_needed = waybar_is_needed(plan, bars, removal.document);
        waybar_remove_within(&removal, removal.document->root);
    }
}
