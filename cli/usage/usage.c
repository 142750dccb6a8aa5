/* usageline usage: the numbers as text for people, or as JSON for scripts. */
#include "cli/usage/usage.h"

#include "cli/base/browsers.h"
#include "cli/base/command.h"
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "cli/base/pretend.h"
#include "common/base/i18n.h"
#include "common/draw/canvas.h"
#include "common/draw/markup.h"
#include "common/draw/tooltip.h"
#include "common/usage/provider.h"
#include "common/usage/refresh_process.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct usage_options {
    char *provider;
    char *source;
    char *state;
    char **states; /* that `state` stands for (pretend.h); NULL: none */
    char *format;
    gboolean pretty;
    char *color;
    gboolean no_color;
    gboolean verbose;
};

#define OPTION(field) ((gpointer)offsetof(struct usage_options, field))

static const GOptionEntry option_entries[] = {
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     N_("The provider, or \"all\" that are enabled (default: the first)"), N_("ID")},
    {"source", 's', 0, G_OPTION_ARG_STRING, OPTION(source),
     N_("Ask now with this credential alone: auto, api, cli or web"), N_("SOURCE")},
    {"state", 0, 0, G_OPTION_ARG_STRING, OPTION(state),
     N_("Show a state that the provider can pretend, such as critical, or cycle: all in turn"),
     N_("STATE")},
    {"format", 'f', 0, G_OPTION_ARG_STRING, OPTION(format), N_("text or json (default: text)"),
     N_("F")},
    {"pretty", 0, 0, G_OPTION_ARG_NONE, OPTION(pretty), N_("Indent the JSON"), NULL},
    {"color", 0, 0, G_OPTION_ARG_STRING, OPTION(color),
     N_("auto, always or never (default: auto, on a terminal)"), N_("WHEN")},
    {"no-color", 0, 0, G_OPTION_ARG_NONE, OPTION(no_color), N_("The same as --color=never"), NULL},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, OPTION(verbose),
     N_("Tell what is done, and let the provider write to stderr"), NULL},
    {0},
};

static void usage_free(struct usage *usage)
{
    stored_clear(&usage->stored);
    g_free(usage->provider);
    g_free(usage);
}

static struct usage *usage_add(GPtrArray *usages, const char *provider)
{
    struct usage *usage = g_new0(struct usage, 1);

    usage->provider = g_strdup(provider);
    g_ptr_array_add(usages, usage);
    return usage;
}

/* Asks if the stored numbers are too old; with a source that the user names, always, and without
 * storing the answer. */
static void usage_ask(const struct context *context, const struct usage_options *options,
                      struct usage *usage)
{
    struct refresh refresh = context_refresh(context, usage->provider);
    struct stored *stored = &usage->stored;
    autoclear(answer) answer = {0};

    refresh.verbose = options->verbose;
    if (options->states) {
        pretend_load(context, usage->provider, options->states, stored);
        return;
    }
    if (!options->source || strcmp(options->source, "auto") == 0) {
        refresh_and_load(&refresh, REFRESH_WITHIN, stored);
        return;
    }
    refresh_ask_source(&refresh, options->source, &answer);
    stored->snapshot = g_steal_pointer(&answer.snapshot);
    stored->attempt.error = g_steal_pointer(&answer.error);
    stored->attempt.expired_at = answer.expired_at;
}

/* An array of struct usage. If the configuration is wrong, that is all there is to show. */
static GPtrArray *usage_collect(const struct context *context, const struct usage_options *options)
{
    GPtrArray *usages = g_ptr_array_new_with_free_func((GDestroyNotify)usage_free);
    const GPtrArray *providers = context->config->providers;
    const char *only = context_provider(context, options->provider);
    g_autoptr(GError) error = config_error(context->config);

    if (error) {
        usage_add(usages, context_provider_or_default(context, only))->stored.problem =
            g_steal_pointer(&error);
        return usages;
    }
    if (only && strcmp(only, "all") != 0)
        usage_ask(context, options, usage_add(usages, only));
    for (guint i = 0; g_strcmp0(only, "all") == 0 && i < providers->len; i++) {
        const struct provider_settings *provider = providers->pdata[i];
        if (provider->enabled)
            usage_ask(context, options, usage_add(usages, provider->id));
    }
    return usages;
}

static void usage_print_text(const struct context *context, const GPtrArray *usages, bool rich)
{
    struct view_settings settings = {
        .thresholds = context->config->thresholds,
        .interval = context->config->refresh_interval,
        .remaining = context->config->remaining,
        .columns = output_columns(stdout),
        .gauge = config_gauge(context->config),
    };
    struct palette palette = config_terminal_palette(context->config);

    settings.gauge.is_colorless = !rich;
    for (guint i = 0; i < usages->len; i++) {
        const struct usage *usage = usages->pdata[i];
        autoptr(view) view = view_new(usage->provider, &usage->stored, &settings, context->now);
        autoptr(canvas) canvas = canvas_new();

        tooltip_draw(view, canvas);
        autoptr(canvas) wrapped = canvas_wrap(canvas, settings.columns);
        g_autofree char *text =
            markup_render(wrapped, rich ? &markup_ansi : &markup_plain, rich ? &palette : NULL);
        printf("%s%s\n", i > 0 ? "\n" : "", text);
    }
}

static bool usage_is_colored(const struct context *context, const struct usage_options *options)
{
    if (options->no_color || g_strcmp0(options->color, "never") == 0)
        return false;
    return g_strcmp0(options->color, "always") == 0 || output_is_rich(context);
}

static int usage_show(const struct context *context, const struct usage_options *options)
{
    g_autoptr(GPtrArray) usages = usage_collect(context, options);
    int status = usages->len > 0 ? 0 : EXIT_FAILED;

    if (g_strcmp0(options->format, "json") == 0) {
        g_autofree char *json = usage_format_json(usages, context->now, options->pretty);
        printf("%s%s", json, options->pretty ? "" : "\n");
    } else {
        usage_print_text(context, usages, usage_is_colored(context, options));
    }
    for (guint i = 0; i < usages->len; i++) {
        const struct usage *usage = usages->pdata[i];
        if (!usage->stored.snapshot)
            status = EXIT_FAILED;
    }
    if (usages->len == 0)
        output_complain(
            _("usageline: no provider is enabled; see `usageline config providers`.\n"));
    return status;
}

static bool usage_check_values(const struct usage_options *options, GError **error)
{
    static const char *const colors[] = {"auto", "always", "never", NULL};
    static const char *const formats[] = {"text", "json", NULL};
    static const char *const sources[] = {"auto", "api", "cli", "web", NULL};

    return options_check_choice("color", options->color, colors, error) &&
           options_check_choice("format", options->format, formats, error) &&
           options_check_choice("source", options->source, sources, error) &&
           (!options->provider || provider_check_id(options->provider, error));
}

static void usage_explain_browsers(const struct context *context,
                                   const struct usage_options *options)
{
    const char *provider = context_provider(context, options->provider);
    /* A provider that does not know the question reads no browser. */
    autoptr(json) places = provider ? browsers_ask(context, provider, NULL) : NULL;

    for (guint i = 0; i < json_length(places); i++) {
        g_autofree char *line = browsers_describe(json_at(places, i));
        output_complain("usageline: %s\n", line);
    }
}

static bool usage_find_states(const struct context *context, struct usage_options *options,
                              GError **error)
{
    options->states = pretend_states(context, context_provider(context, options->provider),
                                     options->state, error);
    return options->states != NULL;
}

static int usage_run(const struct context *context, struct usage_options *options)
{
    g_autoptr(GError) error = NULL;
    int status = EXIT_USAGE;

    if (usage_check_values(options, &error) &&
        (!options->state || usage_find_states(context, options, &error)))
        status = usage_show(context, options);
    else
        output_report(error);
    if (options->verbose) {
        context_explain_store(context);
        usage_explain_browsers(context, options);
    }
    return status;
}

int command_usage(struct context *context, int argc, char **argv)
{
    struct usage_options options = {0};
    const struct command_line line = {
        .command = "usage",
        .summary = N_("Shows how much of the plan is used; fetches it first if it is too old."),
        .options = {option_entries, &options},
    };
    g_autoptr(GError) error = NULL;
    int status = EXIT_USAGE;

    if (options_parse(&line, &argc, &argv, &error))
        status = usage_run(context, &options);
    else
        output_report(error);
    g_strfreev(options.states);
    options_clear(&line);
    return status;
}
