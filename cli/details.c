/* usageline details: the tooltip as a desktop notification, for bars that have none. */
#include "cli/adapters.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/usage.h"
#include "common/line.h"
#include "common/markup.h"
#include "common/notification.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct details_options {
    char *provider;
    char *bar;
};

#define OPTION(field) ((gpointer)offsetof(struct details_options, field))

static const GOptionEntry option_entries[] = {
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     "The provider to show (default: the first that is enabled)", "ID"},
    {"bar", 'b', 0, G_OPTION_ARG_STRING, OPTION(bar),
     "The bar that asks: with its tooltip and icon, as the configuration has them", "NAME"},
    {0},
};

/* The tooltip as that bar would have it; the caller frees it. */
static char *draw(const struct context *context, const char *provider, const char *bar_name)
{
    const struct config *config = context->config;
    const struct bar_settings *bar = bar_name ? config_bar(config, bar_name) : NULL;
    const struct view_settings settings = {
        .thresholds = config->thresholds,
        .interval = config->refresh_interval,
        .icon = bar && bar->icon ? bar->icon : config->icon,
    };
    const struct line_formats formats = {
        .tooltip = bar && bar->tooltip_format ? bar->tooltip_format : config->tooltip_format,
    };
    g_autoptr(GError) error = config_error(config);
    autoptr(usage) usage = error ? NULL : usage_load(context, provider, false);
    autoptr(view) view = error ? view_new_error(provider, error, &settings, context->now)
                               : view_new(provider, &usage->stored, &settings, context->now);
    autoptr(line) line = line_new(view, formats);

    return markup_render(line->tooltip, MARKUP_PLAIN, NULL);
}

static int show(const struct context *context, const char *provider, const char *bar)
{
    g_autofree char *text = draw(context, provider, bar);
    g_auto(GStrv) parts = g_strsplit(g_strstrip(text), "\n", 2); /* the title and the rest */
    g_autofree char *id = g_strconcat("details", bar ? "-" : NULL, bar, NULL);
    const struct notification notification = {
        .id = id,
        .summary = parts[0] ? parts[0] : provider, /* a template may draw nothing */
        .body = parts[0] ? parts[1] : NULL,
        .urgency = URGENCY_NORMAL,
    };
    g_autoptr(GError) error = NULL;

    if (notification_send(context->paths, &notification, &error))
        return 0;
    printf("%s%s%s\n", notification.summary, notification.body ? "\n" : "",
           notification.body ? notification.body : "");
    report(error);
    return EXIT_FAILED;
}

static const char *wrong_argument(int argc, char **argv, const struct details_options *options)
{
    if (argc > 1)
        return argv[1];
    if (options->bar && !find_adapter(options->bar))
        return options->bar;
    if (options->provider && !provider_id_is_valid(options->provider))
        return options->provider;
    return NULL;
}

int command_details(struct context *context, int argc, char **argv)
{
    const struct option_help help = {
        .command = "details",
        .summary = "Shows the usage as a desktop notification; fetches it first if it is too old."};
    struct details_options options = {0};
    g_autoptr(GError) error = NULL;
    const char *provider, *wrong;
    int status = EXIT_USAGE;

    if (!options_parse(&help, (struct option_group){option_entries, &options},
                       (struct option_group){0}, &argc, &argv, &error)) {
        report(error);
        return EXIT_USAGE;
    }
    provider = options.provider ? options.provider : context_provider(context);
    wrong = wrong_argument(argc, argv, &options);
    if (wrong) {
        fprintf(stderr, "usageline: \"%s\" is not understood; try `usageline details --help`.\n",
                wrong);
    } else if (!provider) {
        fprintf(stderr, "usageline: no provider is enabled; see `usageline config providers`.\n");
        status = EXIT_FAILED;
    } else
        status = show(context, provider, options.bar);
    g_free(options.provider);
    g_free(options.bar);
    return status;
}
