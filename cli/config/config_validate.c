/* usageline config validate: all that can be known to be wrong, each with file, line and remedy. */
#include "cli/base/adapters.h"
#include "cli/config/config_command.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/usage/provider.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void note(GPtrArray *warnings, char *text)
{
    g_ptr_array_add(warnings, text);
}

static const char *const common_settings[] = {"source",      "cookieSource",   "region",
                                              "workspaceID", "enterpriseHost", NULL};

/* The entry of this setting in what the provider says of itself. */
static const struct json *find_setting(const struct json *description, const char *name)
{
    const struct json *settings = json_get(description, "settings");

    for (guint i = 0; i < json_length(settings); i++) {
        if (g_strcmp0(json_string(json_get(json_at(settings, i), "name")), name) == 0)
            return json_at(settings, i);
    }
    return NULL;
}

static bool is_allowed(const struct json *setting, const char *value)
{
    const struct json *values = json_get(setting, "values");

    for (guint i = 0; i < json_length(values); i++) {
        if (g_strcmp0(json_string(json_at(values, i)), value) == 0)
            return true;
    }
    return json_length(values) == 0;
}

/* What is wrong, and what would be right. */
static char *describe_values(const struct json *setting, const char *id, const char *name,
                             const char *value)
{
    const struct json *values = json_get(setting, "values");
    g_autoptr(GString) list = g_string_new(NULL);

    for (guint i = 0; i < json_length(values); i++) {
        const char *allowed = json_string(json_at(values, i));
        g_string_append_printf(list, "%s%s", i > 0 ? _(", ") : "", allowed ? allowed : "?");
    }
    return g_strdup_printf(_("provider \"%s\": \"%s\" is \"%s\"; it can be %s"), id, name, value,
                           list->str);
}

static void check_setting(const struct json *description, const char *id, const char *name,
                          const char *value, GPtrArray *errors, GPtrArray *warnings)
{
    const struct json *setting = find_setting(description, name);

    if (!setting && !g_strv_contains(common_settings, name))
        note(warnings, g_strdup_printf(_("provider \"%s\" has no setting \"%s\""), id, name));
    else if (setting && !is_allowed(setting, value))
        note(errors, describe_values(setting, id, name, value));
}

static void note_missing(const struct context *context, const struct provider_settings *provider,
                         GPtrArray *warnings)
{
    const char *id = provider->id;

    /* `config disable` leaves alone what the file itself says. */
    if (provider->enabled_is_explicit)
        note(warnings, g_strdup_printf(_("provider \"%s\" is enabled, but not installed; if you do "
                                         "not need it, set \"enabled\": false for it in %s"),
                                       id, context->paths->config_file));
    else
        note(warnings,
             g_strdup_printf(_("provider \"%s\" is enabled, but not installed; `usageline "
                               "config disable %s` if you do not need it"),
                             id, id));
}

/* Where none of the enabled ones is there, nothing can be drawn. */
static void check_that_one_is_installed(const struct context *context, GPtrArray *warnings)
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
        note(warnings,
             g_strdup_printf(_("no provider that is enabled is installed; installed: %s"), list));
}

static void check_provider(const struct context *context, const struct provider_settings *provider,
                           GPtrArray *errors, GPtrArray *warnings)
{
    g_autofree char *path = NULL;
    GHashTableIter iterator;
    gpointer name, value;

    if (!provider->enabled)
        return;
    path = provider_find(context->paths, provider->id, NULL);
    if (!path) {
        note_missing(context, provider, warnings);
        return;
    }
    autoptr(json) description = provider_question(context->paths, provider->id, "--describe", NULL);
    if (!description)
        return; /* a provider need not describe itself */
    g_hash_table_iter_init(&iterator, provider->strings);
    while (g_hash_table_iter_next(&iterator, &name, &value))
        check_setting(description, provider->id, name, value, errors, warnings);
}

static void check_bars(const struct config *config, GPtrArray *warnings)
{
    for (guint i = 0; i < config->bars->len; i++) {
        const struct bar_settings *bar = config->bars->pdata[i];
        if (!adapters_find(bar->name))
            note(warnings, g_strdup_printf(_("\"bars\": there is no bar \"%s\"; known are waybar, "
                                             "i3blocks and polybar"),
                                           bar->name));
    }
}

static guint print_problems(const struct config *config)
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
    count = print_problems(config);
    for (guint i = 0; i < config->providers->len; i++)
        check_provider(context, config->providers->pdata[i], errors, warnings);
    check_that_one_is_installed(context, warnings);
    check_bars(config, warnings);
    if (config->ca_file && access(config->ca_file, R_OK) < 0)
        note(warnings, g_strdup_printf(_("\"network.caFile\": %s can't be read"), config->ca_file));
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
