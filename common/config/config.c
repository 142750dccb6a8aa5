#include "common/config/config.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/secret.h"
#include "common/config/config_internal.h"
#include "common/config/credentials.h"
#include "common/config/provider_file.h"
#include "common/usage/snapshot.h"

#include <stdio.h>
#include <string.h>

#define MAX_BYTES (1024 * 1024)

void config_add_problem(struct config *config, bool is_error, const char *file, unsigned line,
                        const char *format, ...)
{
    struct config_problem *problem = g_new0(struct config_problem, 1);
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    problem->is_error = is_error;
    problem->text = line > 0 ? g_strdup_printf("%s:%u: %s", file, line, what)
                    : file   ? g_strdup_printf("%s: %s", file, what)
                             : g_steal_pointer(&what);
    g_ptr_array_add(config->problems, problem);
}

const struct json *config_get_member(struct config *config, const char *file,
                                     const struct json *json, const char *key, enum json_type type)
{
    const struct json *value = json_get(json, key);

    if (json_type(value) == JSON_NULL)
        return NULL;
    if (json_type(value) == type)
        return value;
    config_add_problem(config, true, file, json_line(value), _("\"%s\" must be %s"), key,
                       _(json_type_name(type)));
    return NULL;
}

static void bar_settings_free(struct bar_settings *bar)
{
    g_free(bar->name);
    line_formats_clear(&bar->formats);
    g_free(bar->icon);
    config_clear_theme(&bar->theme);
    g_free(bar);
}

static void provider_settings_free(struct provider_settings *provider)
{
    g_free(provider->id);
    g_hash_table_unref(provider->strings);
    g_ptr_array_unref(provider->secrets);
    g_free(provider->digest);
    g_free(provider);
}

struct provider_settings *config_provider(const struct config *config, const char *id)
{
    for (guint i = 0; i < config->providers->len; i++) {
        struct provider_settings *provider = config->providers->pdata[i];
        if (strcmp(provider->id, id) == 0)
            return provider;
    }
    return NULL;
}

static struct provider_settings *config_add_provider(struct config *config, const char *id)
{
    struct provider_settings *provider = g_new0(struct provider_settings, 1);

    provider->id = g_strdup(id);
    provider->enabled = TRUE;
    provider->strings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    provider->secrets = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(config->providers, provider);
    return provider;
}

/* The strings of an array as one, with commas between them; NULL if it holds anything else. */
static char *config_join_strings(const struct json *array)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < json_length(array); i++) {
        const char *one = json_string(json_at(array, i));
        if (!one)
            return g_string_free(text, TRUE);
        g_string_append_printf(text, "%s%s", i > 0 ? "," : "", one);
    }
    return g_string_free(text, FALSE);
}

static void config_read_provider_member(struct config *config, const char *file,
                                        struct provider_settings *provider, const char *key,
                                        const struct json *value)
{
    gboolean truth;

    if (json_type(value) == JSON_NULL || strcmp(key, "id") == 0)
        return;
    if (strcmp(key, "enabled") == 0) {
        provider->enabled_is_explicit = true;
        if (!json_boolean(value, &provider->enabled))
            config_add_problem(config, true, file, json_line(value),
                               _("\"enabled\" must be true or false"));
    } else if (credentials_is_secret_field(key)) {
        g_ptr_array_add(provider->secrets, g_strdup(key));
        if (!json_string(value))
            config_add_problem(config, true, file, json_line(value), _("\"%s\" must be a string"),
                               key);
    } else if (json_boolean(value, &truth)) {
        g_hash_table_insert(provider->strings, g_strdup(key), g_strdup(truth ? "true" : "false"));
    } else if (json_string(value)) {
        g_hash_table_insert(provider->strings, g_strdup(key), g_strdup(json_string(value)));
    } else {
        /* Only the provider knows this setting, so it is kept as text even if it can't be right:
         * the provider will refuse it, instead of working as if it were not set. */
        char *text = json_type(value) == JSON_ARRAY ? config_join_strings(value) : NULL;
        if (!text)
            text = g_strdup(json_number_text(value) ? json_number_text(value)
                                                    : json_type_name(json_type(value)));
        g_hash_table_insert(provider->strings, g_strdup(key), text);
    }
}

/* To be called when the members have been read; the caller frees it. */
static char *config_digest_provider(const struct provider_settings *provider,
                                    const struct json *json)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    bool is_empty = true;

    for (guint i = 0; i < json_length(json); i++) {
        const char *key = json_key_at(json, i);
        const char *text = credentials_is_secret_field(key)
                               ? json_string(json_at(json, i))
                               : g_hash_table_lookup(provider->strings, key);
        if (!text)
            continue;
        g_checksum_update(checksum, (const guchar *)key, (gssize)strlen(key) + 1);
        g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text) + 1);
        is_empty = false;
    }
    return is_empty ? NULL : g_strdup(g_checksum_get_string(checksum));
}

static void config_read_provider(struct config *config, const char *file, const struct json *json)
{
    const char *id = json_string(json_get(json, "id"));
    struct provider_settings *provider;

    if (!provider_id_is_valid(id)) {
        config_add_problem(config, true, file, json_line(json),
                           _("each of \"providers\" must be an object with an \"id\""));
        return;
    }
    if (config_provider(config, id)) {
        config_add_problem(config, false, file, json_line(json),
                           _("provider \"%s\" is there twice; only the first counts"), id);
        return;
    }
    provider = config_add_provider(config, id);
    for (guint i = 0; i < json_length(json); i++)
        config_read_provider_member(config, file, provider, json_key_at(json, i), json_at(json, i));
    provider->digest = config_digest_provider(provider, json);
}

/* Sets `is_unreadable` if there is a file that can't be read or is no JSON. */
static struct json *config_parse_file(struct config *config, const char *file, bool *is_unreadable)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    char *text = file_read(file, MAX_BYTES, &length, &error);
    struct json *json = NULL;
    unsigned line = 0;

    if (text)
        json = json_parse_with_line(text, length, JSON_COMMENTS, &line, &error);
    secret_wipe(text);
    *is_unreadable = error != NULL;
    if (json && json_type(json) != JSON_OBJECT) {
        config_add_problem(config, true, file, 1, _("must be an object: { … }"));
        g_clear_pointer(&json, json_free);
    } else if (error && line > 0) {
        config_add_problem(config, true, file, line, "%s", error->message);
    } else if (error) {
        config_add_problem(config, true, NULL, 0, "%s", error->message); /* it names the file */
    }
    return json;
}

/* Returns whether the file has a list of providers. */
static bool config_read_file(struct config *config, const char *file)
{
    autoptr(json) json = config_parse_file(config, file, &config->is_unreadable);
    const struct json *providers;

    if (!json)
        return false;
    config_read_settings(config, file, json);
    config_read_bars(config, file, json);
    providers = config_get_member(config, file, json, "providers", JSON_ARRAY);
    for (guint i = 0; i < json_length(providers); i++)
        config_read_provider(config, file, json_at(providers, i));
    return providers != NULL;
}

/* Reads what `config enable` and `config disable` stored. The user's own file has precedence. */
static void config_read_enabled(struct config *config, const char *file)
{
    bool ignored; /* reported as a problem */
    autoptr(json) json = config_parse_file(config, file, &ignored);
    const struct json *providers = json_get(json, "providers");

    for (guint i = 0; i < json_length(providers); i++) {
        const struct json *entry = json_at(providers, i);
        const char *id = json_string(json_get(entry, "id"));
        struct provider_settings *provider;

        if (!provider_id_is_valid(id))
            continue;
        provider = config_provider(config, id);
        if (!provider)
            provider = config_add_provider(config, id);
        if (!provider->enabled_is_explicit)
            json_boolean(json_get(entry, "enabled"), &provider->enabled);
    }
}

bool config_store_enabled(const struct paths *paths, const char *provider, bool enabled,
                          GError **error)
{
    const struct provider_field field = {.name = "enabled", .truth = &enabled};

    return provider_file_change(paths->enabled_file, provider, field, NULL, error);
}

static void config_problem_free(struct config_problem *problem)
{
    g_free(problem->text);
    g_free(problem);
}

static struct config *config_new(void)
{
    struct config *config = g_new0(struct config, 1);

    config->refresh_interval = 300;
    config->max_wait = 10;
    config->thresholds = THRESHOLDS_DEFAULT;
    config->gauge_width = GAUGE_CELLS;
    config->icons = ICONS_WORDS;
    config->bars = g_ptr_array_new_with_free_func((GDestroyNotify)bar_settings_free);
    config->providers = g_ptr_array_new_with_free_func((GDestroyNotify)provider_settings_free);
    config->problems = g_ptr_array_new_with_free_func((GDestroyNotify)config_problem_free);
    return config;
}

struct config *config_load(const struct paths *paths, const char *fallback_provider)
{
    struct config *config = config_new();

    if (!config_read_file(config, paths->config_file))
        config_add_provider(config, fallback_provider);
    config_read_enabled(config, paths->enabled_file);
    return config;
}

void config_free(struct config *config)
{
    if (!config)
        return;
    for (int role = 0; role < ROLE_COUNT; role++)
        g_free(config->colors[role]);
    config_clear_theme(&config->theme);
    g_free(config->icon);
    line_formats_clear(&config->formats);
    g_free(config->gauge_full);
    g_free(config->gauge_rest);
    g_free(config->tooltip_font);
    g_free(config->ca_file);
    g_ptr_array_unref(config->bars);
    g_ptr_array_unref(config->providers);
    g_ptr_array_unref(config->problems);
    g_free(config);
}

GError *config_error(const struct config *config)
{
    for (guint i = 0; i < config->problems->len; i++) {
        const struct config_problem *problem = config->problems->pdata[i];
        if (problem->is_error)
            return g_error_new_literal(USAGE_ERROR, USAGE_ERROR_CONFIG, problem->text);
    }
    return NULL;
}

const struct bar_settings *config_bar(const struct config *config, const char *name)
{
    for (guint i = 0; i < config->bars->len; i++) {
        const struct bar_settings *bar = config->bars->pdata[i];
        if (strcmp(bar->name, name) == 0)
            return bar;
    }
    return NULL;
}

const char *config_provider_string(const struct config *config, const char *id, const char *name)
{
    const struct provider_settings *provider = config_provider(config, id);

    return provider ? g_hash_table_lookup(provider->strings, name) : NULL;
}

const char *config_provider_digest(const struct config *config, const char *id)
{
    const struct provider_settings *provider = config_provider(config, id);

    return provider ? provider->digest : NULL;
}

static void config_dump_provider(struct json_writer *writer,
                                 const struct provider_settings *provider)
{
    g_autoptr(GList) names = g_hash_table_get_keys(provider->strings);

    json_open_object(writer, NULL);
    json_put_string(writer, "id", provider->id);
    json_put_boolean(writer, "enabled", provider->enabled);
    names = g_list_sort(names, (GCompareFunc)strcmp);
    for (const GList *name = names; name; name = name->next)
        json_put_string(writer, name->data, g_hash_table_lookup(provider->strings, name->data));
    for (guint i = 0; i < provider->secrets->len; i++)
        json_put_string(writer, provider->secrets->pdata[i], "***");
    json_close_object(writer);
}

char *config_dump(const struct config *config)
{
    struct json_writer *writer = json_writer_new(TRUE);

    json_open_object(writer, NULL);
    config_dump_settings(config, writer);
    config_dump_bars(config, writer);
    json_open_array(writer, "providers");
    for (guint i = 0; i < config->providers->len; i++)
        config_dump_provider(writer, config->providers->pdata[i]);
    json_close_array(writer);
    json_close_object(writer);
    return json_writer_finish(writer);
}
