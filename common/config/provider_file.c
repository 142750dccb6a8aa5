#include "common/config/provider_file.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/base/json_writer.h"
#include "common/base/secret.h"

#include <string.h>
#include <unistd.h>

#define MAX_BYTES (1024 * 1024)

static bool provider_file_has_shape(const struct json *json)
{
    const struct json *providers = json_get(json, "providers");

    return json_type(json) == JSON_OBJECT &&
           (json_type(providers) == JSON_ARRAY || json_type(providers) == JSON_NULL);
}

struct json *provider_file_read(const char *path, GError **error)
{
    g_autoptr(GError) problem = NULL;
    gsize length = 0;
    char *text = file_read(path, MAX_BYTES, &length, error);
    struct json *json;

    if (!text)
        return NULL;
    json = json_parse(text, length, JSON_COMMENTS, &problem);
    secret_wipe(text);
    if (!json) {
        if (problem)
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("%s: %s; mend it, or move it away and store the credential again"), path,
                        problem->message);
        return NULL;
    }
    if (provider_file_has_shape(json))
        return json;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("%s: must be an object with an array \"providers\""), path);
    json_free(json);
    return NULL;
}

const struct json *provider_file_entry(const struct json *json, const char *provider)
{
    const struct json *providers = json_get(json, "providers");

    for (guint i = 0; i < json_length(providers); i++) {
        const struct json *entry = json_at(providers, i);
        if (g_strcmp0(json_string(json_get(entry, "id")), provider) == 0)
            return entry;
    }
    return NULL;
}

/* Writes the provider's object with the field changed or removed. */
static void provider_file_put_entry(struct json_writer *writer, const struct json *entry,
                                    const char *provider, struct provider_field field)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "id", provider);
    for (guint i = 0; i < json_length(entry); i++) {
        const char *key = json_key_at(entry, i);
        if (strcmp(key, "id") != 0 && strcmp(key, field.name) != 0)
            json_put_tree(writer, key, json_at(entry, i));
    }
    json_put_string(writer, field.name, field.text);
    if (field.truth)
        json_put_boolean(writer, field.name, *field.truth);
    json_close_object(writer);
}

static char *provider_file_format(const struct json *json, const char *provider,
                                  struct provider_field field)
{
    struct json_writer *writer = json_writer_new(TRUE);
    const struct json *providers = json_get(json, "providers");
    const struct json *entry = provider_file_entry(json, provider);

    json_open_object(writer, NULL);
    for (guint i = 0; i < json_length(json); i++) {
        if (strcmp(json_key_at(json, i), "providers") != 0)
            json_put_tree(writer, json_key_at(json, i), json_at(json, i));
    }
    json_open_array(writer, "providers");
    for (guint i = 0; i < json_length(providers); i++) {
        if (json_at(providers, i) != entry)
            json_put_tree(writer, NULL, json_at(providers, i));
    }
    provider_file_put_entry(writer, entry, provider, field);
    json_close_array(writer);
    json_close_object(writer);
    return json_writer_finish(writer);
}

static bool provider_file_is_same(const struct json *old, struct provider_field field)
{
    gboolean truth = FALSE;

    if (field.truth)
        return json_boolean(old, &truth) && truth == *field.truth;
    return field.text ? g_strcmp0(json_string(old), field.text) == 0 : !old;
}

static bool provider_file_change_locked(const char *path, const char *provider,
                                        struct provider_field field, bool *changed, GError **error)
{
    GError *problem = NULL;
    autoptr(json) json = provider_file_read(path, &problem);
    char *text;
    bool done, is_same;

    if (problem) {
        g_propagate_prefixed_error(error, problem, _("nothing was changed: "));
        return false;
    }
    is_same =
        provider_file_is_same(json_get(provider_file_entry(json, provider), field.name), field);
    if (changed)
        *changed = !is_same;
    if (is_same)
        return true;
    text = provider_file_format(json, provider, field);
    done = file_replace(path, text, strlen(text), error);
    secret_wipe(text);
    return done;
}

bool provider_file_change(const char *path, const char *provider, struct provider_field field,
                          bool *changed, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *lock_file = g_strconcat(path, ".lock", NULL);
    bool done;
    int lock;

    if (!folder_make_private(folder, error))
        return false;
    lock = file_lock(lock_file, error);
    if (lock < 0)
        return false;
    done = provider_file_change_locked(path, provider, field, changed, error);
    close(lock);
    return done;
}
