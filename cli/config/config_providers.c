/* usageline config providers, browsers, enable, disable. */
#include "cli/base/browsers.h"
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "cli/config/config_command.h"
#include "common/base/i18n.h"
#include "common/usage/provider.h"

#include <stdio.h>
#include <string.h>

/* Not translated: scripts read it. */
static void config_print_provider(const struct context *context, const char *id)
{
    const struct provider_settings *provider = config_provider(context->config, id);
    g_autofree char *path = provider_find(context->paths, id, NULL);

    printf("%-16s %-9s %s\n", id, provider && provider->enabled ? "enabled" : "disabled",
           path ? path : "not installed");
}

int config_providers(struct context *context, int argc, char **argv)
{
    g_auto(GStrv) installed = provider_list(context->paths);
    const GPtrArray *configured = context->config->providers;

    (void)argc;
    (void)argv;
    for (guint i = 0; i < configured->len; i++) {
        const struct provider_settings *provider = configured->pdata[i];
        config_print_provider(context, provider->id);
    }
    for (char **id = installed; *id; id++) {
        if (!config_provider(context->config, *id))
            config_print_provider(context, *id);
    }
    return 0;
}

int config_browsers(struct context *context, int argc, char **argv)
{
    char *provider = NULL;
    const GOptionEntry entries[] = {{"provider", 'p', 0, G_OPTION_ARG_STRING, NULL,
                                     N_("The provider (default: the one that is drawn)"), N_("ID")},
                                    {0}};
    const struct command_line line = {
        .command = "config browsers",
        .summary = N_("Lists the profiles of browsers in which a provider looks for a session, the "
                      "first to be used first, and what it finds there. Shows no secret."),
        .options = {entries, &provider},
    };
    g_autoptr(GError) error = NULL;

    bool is_right = options_parse(&line, &argc, &argv, &error);
    g_autofree char *given = provider;
    if (!is_right) {
        output_report(error);
        return EXIT_USAGE;
    }
    autoptr(json) places =
        browsers_ask(context, context_provider_or_default(context, given), &error);
    if (!places) {
        output_report(error);
        return EXIT_FAILED;
    }
    for (guint i = 0; i < json_length(places); i++) {
        g_autofree char *place = browsers_describe(json_at(places, i));
        puts(place);
    }
    if (json_length(places) == 0)
        puts(_("No profile of a browser was found."));
    return 0;
}

int config_set_enabled(struct context *context, int argc, char **argv)
{
    bool enabled = strcmp(argv[0], "enable") == 0;
    const struct provider_settings *provider;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    const char *id = argc == 3 && strcmp(argv[1], "--provider") == 0 ? argv[2] : argv[1];

    if (argc < 2 || argc > 3 || !provider_id_is_valid(id)) {
        fprintf(stderr, _("Usage: usageline config %s ID\n"), argv[0]);
        return EXIT_USAGE;
    }
    path = provider_find(context->paths, id, &error);
    if (!path && enabled) {
        output_report(error);
        return EXIT_FAILED;
    }
    g_clear_error(&error);
    provider = config_provider(context->config, id);
    if (provider && provider->enabled_is_explicit && provider->enabled != enabled) {
        output_complain(_("usageline: %s says \"enabled\": %s for %s; change it there.\n"),
                        context->paths->config_file, provider->enabled ? "true" : "false", id);
        return EXIT_FAILED;
    }
    if (!config_store_enabled(context->paths, id, enabled, &error)) {
        output_report(error);
        return EXIT_FAILED;
    }
    printf(enabled ? _("%s is enabled.\n") : _("%s is disabled.\n"), id);
    return 0;
}
