#include "common/usage/choice.h"

#include "common/base/i18n.h"
#include "common/base/json_writer.h"
#include "common/usage/answer.h"
#include "common/usage/snapshot.h"
#include "common/usage/store.h"

#include <string.h>
#include <unistd.h>

/* No provider has files of these names, because its id has no dot. */
#define CHOICES_LOCK "bars.view"
#define CHOICES_FILE "bars.view.json"

#define MAX_BYTES   (64 * 1024)
#define MAX_CHOICES 64 /* only the latest are kept */

void choice_clear(struct choice *choice)
{
    g_free(choice->provider);
    g_free(choice->window);
    *choice = (struct choice){0};
}

static const char *choice_instance(const char *instance)
{
    return instance ? instance : "";
}

static bool choice_belongs_to(const struct json *entry, const char *bar, const char *instance)
{
    return g_strcmp0(json_string(json_get(entry, "bar")), bar) == 0 &&
           strcmp(choice_instance(json_string(json_get(entry, "instance"))), instance) == 0;
}

static const struct json *choice_find(const struct json *choices, const char *bar,
                                      const char *instance)
{
    for (guint i = 0; i < json_length(choices); i++) {
        if (choice_belongs_to(json_at(choices, i), bar, instance))
            return json_at(choices, i);
    }
    return NULL;
}

static void choice_pick(const struct json *file, const char *bar, const char *instance,
                        struct choice *choice)
{
    const struct json *choices = json_get(file, "choices");
    const struct json *entry = choice_find(choices, bar, choice_instance(instance));
    const char *provider;

    if (!entry)
        entry = choice_find(choices, bar, "");
    provider = json_string(json_get(entry, "provider"));
    choice->provider = provider_id_is_valid(provider) ? g_strdup(provider) : NULL;
    choice->window = g_strdup(json_string(json_get(entry, "window")));
    choice->flipped = json_is_true(json_get(entry, "flipped"));
}

void choice_load(const struct paths *paths, const char *bar, const char *instance,
                 struct choice *choice)
{
    autoptr(json) file = store_load_json(paths, CHOICES_FILE, MAX_BYTES);

    choice_pick(file, bar, instance, choice);
}

static void choice_put(struct json_writer *writer, const char *bar, const char *instance,
                       const struct choice *choice)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "bar", bar);
    json_put_string(writer, "instance", instance);
    json_put_string(writer, "provider", choice->provider);
    json_put_string(writer, "window", choice->window);
    if (choice->flipped)
        json_put_boolean(writer, "flipped", TRUE);
    json_close_object(writer);
}

/* Whether the new choice replaces this one: one for the whole bar replaces all of its instances. */
static bool choice_is_replaced(const struct json *entry, const char *bar, const char *instance)
{
    if (json_type(entry) != JSON_OBJECT)
        return true;
    if (instance[0] == '\0')
        return g_strcmp0(json_string(json_get(entry, "bar")), bar) == 0;
    return choice_belongs_to(entry, bar, instance);
}

static char *choice_format_file(const struct json *file, const char *bar, const char *instance,
                                const struct choice *choice)
{
    struct json_writer *writer = json_writer_new(FALSE);
    const struct json *choices = json_get(file, "choices");
    guint left = MAX_CHOICES - 1;

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", ANSWER_SCHEMA);
    json_open_array(writer, "choices");
    choice_put(writer, bar, instance, choice);
    for (guint i = 0; i < json_length(choices) && left > 0; i++) {
        if (choice_is_replaced(json_at(choices, i), bar, instance))
            continue;
        json_put_tree(writer, NULL, json_at(choices, i));
        left--;
    }
    json_close_array(writer);
    json_close_object(writer);
    return json_writer_finish(writer);
}

bool choice_change(const struct paths *paths, const char *bar, const char *instance,
                   void (*change)(struct choice *choice, gpointer data), gpointer data,
                   GError **error)
{
    autoclear(choice) choice = {0};
    int lock = store_lock(paths, CHOICES_LOCK, error);
    bool kept;

    if (lock < 0)
        return false;
    autoptr(json) file = store_load_json(paths, CHOICES_FILE, MAX_BYTES);
    choice_pick(file, bar, instance, &choice);
    change(&choice, data);
    g_autofree char *text = choice_format_file(file, bar, choice_instance(instance), &choice);
    kept = strlen(text) <= MAX_BYTES;
    if (kept)
        kept = store_save_text(paths, CHOICES_FILE, text, error);
    else /* the file could not be read again, and all choices would be lost */
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("the name of the bar's instance is too long"));
    close(lock);
    return kept;
}
