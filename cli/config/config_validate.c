/* usageline config validate: prints all that is wrong in the configuration, with its place and what
 * to do. */
#include "cli/base/adapters.h"
#include "cli/config/config_command.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/usage/provider.h"

#include <stdio.h>
#include <unistd.h>

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

static void validate_setting(const struct context *context, const struct json *description,
                             const char *id, const char *name, const char *value)
{
    const struct json *setting = validate_find_setting(description, name);

    if (!setting && !g_strv_contains(common_settings, name)) {
        config_add_problem(context->config, false, context->paths->config_file, 0,
                           _("provider \"%s\" has no setting \"%s\""), id, name);
    } else if (setting && !validate_value_is_allowed(setting, value)) {
        g_autofree char *list = validate_list_values(setting);
        config_add_problem(context->config, true, context->paths->config_file, 0,
                           _("provider \"%s\": \"%s\" is \"%s\"; it can be %s"), id, name, value,
                           list);
    }
}

static void validate_add_missing(const struct context *context,
                                 const struct provider_settings *provider)
{
    const char *id = provider->id, *file = context->paths->config_file;

    /* `config disable` does not override what the file says. */
    if (provider->enabled_is_explicit)
        config_add_problem(context->config, false, file, 0,
                           _("provider \"%s\" is enabled, but not installed; if you do "
                             "not need it, set \"enabled\": false for it in %s"),
                           id, file);
    else
        config_add_problem(context->config, false, file, 0,
                           _("provider \"%s\" is enabled, but not installed; `usageline "
                             "config disable %s` if you do not need it"),
                           id, id);
}

/* If none of the enabled providers is installed, nothing can be drawn. */
static void validate_installed(const struct context *context)
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
        config_add_problem(context->config, false, context->paths->config_file, 0,
                           _("no provider that is enabled is installed; installed: %s"), list);
}

static void validate_provider(const struct context *context,
                              const struct provider_settings *provider)
{
    g_autofree char *path = NULL;
    GHashTableIter iterator;
    gpointer name, value;

    if (!provider->enabled)
        return;
    path = provider_find(context->paths, provider->id, NULL);
    if (!path) {
        validate_add_missing(context, provider);
        return;
    }
    autoptr(json) description = provider_question(context->paths, provider->id, "--describe", NULL);
    if (!description)
        return; /* a provider need not describe itself */
    g_hash_table_iter_init(&iterator, provider->strings);
    while (g_hash_table_iter_next(&iterator, &name, &value))
        validate_setting(context, description, provider->id, name, value);
}

static void validate_bars(const struct context *context)
{
    for (guint i = 0; i < context->config->bars->len; i++) {
        const struct bar_settings *bar = context->config->bars->pdata[i];
        g_autoptr(GError) error = NULL;

        if (!adapters_find(bar->name, &error))
            config_add_problem(context->config, false, context->paths->config_file, 0,
                               _("\"bars\": %s"), error->message);
    }
}

int config_validate(struct context *context, int argc, char **argv)
{
    struct config *config = context->config;
    const char *file = context->paths->config_file;
    bool is_valid = true;

    (void)argc;
    (void)argv;
    for (guint i = 0; i < config->providers->len; i++)
        validate_provider(context, config->providers->pdata[i]);
    validate_installed(context);
    validate_bars(context);
    if (config->ca_file && access(config->ca_file, R_OK) < 0)
        config_add_problem(config, false, file, 0, _("\"network.caFile\": %s can't be read"),
                           config->ca_file);
    for (guint i = 0; i < config->problems->len; i++) {
        const struct config_problem *problem = config->problems->pdata[i];

        printf(problem->is_error ? _("error: %s\n") : _("warning: %s\n"), problem->text);
        is_valid = is_valid && !problem->is_error;
    }
    if (!is_valid)
        return EXIT_FAILED;
    if (access(file, F_OK) < 0)
        printf(_("%s is not there: the defaults hold.\n"), file);
    else
        printf(_("%s is valid.\n"), file);
    return 0;
}
