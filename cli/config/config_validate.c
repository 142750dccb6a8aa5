/* usageline config validate: prints all that is wrong in the configuration, with its place and what
 * to do. */
#include "cli/base/adapters.h"
#include "cli/config/config_command.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/usage/provider.h"

#include <stdio.h>
#include <unistd.h>

/* Adds a text to the errors or the warnings. */
G_GNUC_PRINTF(2, 3)
static void validate_add(GPtrArray *texts, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_ptr_array_add(texts, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

/* Settings that CodexBar's configurations have for any provider: nothing is wrong with them. */
static const char *const common_settings[] = {"source",      "cookieSource",   "region",
                                              "workspaceID", "enterpriseHost", NULL};

/* The entry of this setting in the answer to --describe. */
static const struct json *validate_find_setting(const struct json *description, const char *name)
{
    const struct json *settings = json_get(description, "settings");

    for (guint i = 0; i < json_length(settings); i++) {
        if (g_strcmp0(json_string(json_get(json_at(settings, i), "name")), name) == 0)
            return json_at(settings, i);
    }
    return NULL;
}

static bool validate_value_is_allowed(const struct json *setting, const char *value)
{
    const struct json *values = json_get(setting, "values");

    for (guint i = 0; i < json_length(values); i++) {
        if (g_strcmp0(json_string(json_at(values, i)), value) == 0)
            return true;
    }
    return json_length(values) == 0;
}

/* The values that the setting can have, as "api, web"; the caller frees it. */
static char *validate_list_values(const struct json *setting)
{
    const struct json *values = json_get(setting, "values");
    GString *list = g_string_new(NULL);

    for (guint i = 0; i < json_length(values); i++) {
        const char *allowed = json_string(json_at(values, i));
        g_string_append_printf(list, "%s%s", i > 0 ? _(", ") : "", allowed ? allowed : "?");
    }
    return g_string_free(list, FALSE);
}

static void validate_setting(const struct json *description, const char *id, const char *name,
                             const char *value, GPtrArray *errors, GPtrArray *warnings)
{
    const struct json *setting = validate_find_setting(description, name);

    if (!setting && !g_strv_contains(common_settings, name)) {
        validate_add(warnings, _("provider \"%s\" has no setting \"%s\""), id, name);
    } else if (setting && !validate_value_is_allowed(setting, value)) {
        g_autofree char *list = validate_list_values(setting);
        validate_add(errors, _("provider \"%s\": \"%s\" is \"%s\"; it can be %s"), id, name, value,
                     list);
    }
}

static void validate_add_missing(const struct context *context,
                                 const struct provider_settings *provider, GPtrArray *warnings)
{
    const char *id = provider->id;

    /* `config disable` does not override what the file says. */
    if (provider->enabled_is_explicit)
        validate_add(warnings,
                     _("provider \"%s\" is enabled, but not installed; if you do "
                       "not need it, set \"enabled\": false for it in %s"),
                     id, context->paths->config_file);
    else
        validate_add(warnings,
                     _("provider \"%s\" is enabled, but not installed; `usageline "
                       "config disable %s` if you do not need it"),
                     id, id);
}

/* If none of the enabled providers is installed, nothing can be drawn. */
static void validate_installed(const struct context *context, GPtrArray *warnings)
{
    g_auto(GStrv) installed = provider_list(context->paths);
    g_autofree char *list = g_strjoinv(_(", "), installed);
    guint enabled = 0;

    for (guint i = 0; i < context->config->providers->len; i++) {
        const struct provider_settings *provider = context->config->providers->pdata[i];

        if (!provider->enabled)
            continue;
        if (g_strv_contains((const char *const *)installed, provider->id))
            return;
        enabled++;
    }
    if (enabled > 0 && installed[0])
        validate_add(warnings, _("no provider that is enabled is installed; installed: %s"), list);
}

static void validate_provider(const struct context *context,
                              const struct provider_settings *provider, GPtrArray *errors,
                              GPtrArray *warnings)
{
    g_autofree char *path = NULL;
    GHashTableIter iterator;
    gpointer name, value;

    if (!provider->enabled)
        return;
    path = provider_find(context->paths, provider->id, NULL);
    if (!path) {
        validate_add_missing(context, provider, warnings);
        return;
    }
    autoptr(json) description = provider_question(context->paths, provider->id, "--describe", NULL);
    if (!description)
        return; /* a provider need not describe itself */
    g_hash_table_iter_init(&iterator, provider->strings);
    while (g_hash_table_iter_next(&iterator, &name, &value))
        validate_setting(description, provider->id, name, value, errors, warnings);
}

static void validate_bars(const struct config *config, GPtrArray *warnings)
{
    for (guint i = 0; i < config->bars->len; i++) {
        const struct bar_settings *bar = config->bars->pdata[i];
        if (!adapters_find(bar->name))
            validate_add(warnings,
                         _("\"bars\": there is no bar \"%s\"; known are waybar, "
                           "i3blocks and polybar"),
                         bar->name);
    }
}

static guint validate_print_problems(const struct config *config)
{
    guint errors = 0;

    for (guint i = 0; i < config->problems->len; i++) {
        const struct config_problem *problem = config->problems->pdata[i];

        printf(problem->is_error ? _("error: %s\n") : _("warning: %s\n"), problem->text);
        errors += problem->is_error;
    }
    return errors;
}

int config_validate(struct context *context, int argc, char **argv)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    const struct config *config = context->config;
    const char *file = context->paths->config_file;
    g_autoptr(GPtrArray) errors = g_ptr_array_new_with_free_func(g_free);
    guint count;

    (void)argc;
    (void)argv;
    count = validate_print_problems(config);
    for (guint i = 0; i < config->providers->len; i++)
        validate_provider(context, config->providers->pdata[i], errors, warnings);
    validate_installed(context, warnings);
    validate_bars(config, warnings);
    if (config->ca_file && access(config->ca_file, R_OK) < 0)
        validate_add(warnings, _("\"network.caFile\": %s can't be read"), config->ca_file);
    for (guint i = 0; i < errors->len; i++)
        printf(_("error: %s: %s\n"), file, (const char *)errors->pdata[i]);
    for (guint i = 0; i < warnings->len; i++)
        printf(_("warning: %s: %s\n"), file, (const char *)warnings->pdata[i]);
    count += errors->len;
    if (count == 0 && access(file, F_OK) < 0)
        printf(_("%s is not there: the defaults hold.\n"), file);
    else if (count == 0)
        printf(_("%s is valid.\n"), file);
    return count > 0 ? EXIT_FAILED : 0;
}
