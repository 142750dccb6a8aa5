/* usageline usage: the same numbers for a person, or for a script. */
#include "cli/usage/usage.h"

#include "cli/base/browsers.h"
#include "cli/base/command.h"
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "common/base/duration.h"
#include "common/base/i18n.h"
#include "common/draw/markup.h"
#include "common/draw/span.h"
#include "common/draw/tooltip.h"
#include "common/usage/provider.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct usage_options {
    char *provider;
    char *source;
    char *format;
    gboolean pretty;
    gboolean no_color;
    gboolean verbose;
};

#define OPTION(field) ((gpointer)offsetof(struct usage_options, field))

static const GOptionEntry option_entries[] = {
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     N_("The provider, or \"all\" that are enabled (default: the first)"), N_("ID")},
    {"source", 's', 0, G_OPTION_ARG_STRING, OPTION(source),
     N_("Ask now with this credential alone: auto, api, cli or web"), N_("SOURCE")},
    {"format", 'f', 0, G_OPTION_ARG_STRING, OPTION(format), N_("text or json (default: text)"),
     N_("F")},
    {"pretty", 0, 0, G_OPTION_ARG_NONE, OPTION(pretty), N_("Indent the JSON"), NULL},
    {"no-color", 0, 0, G_OPTION_ARG_NONE, OPTION(no_color), N_("No colours"), NULL},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, OPTION(verbose),
     N_("Tell what is done, and let the provider write to stderr"), NULL},
    {0},
};

static void usage_options_clear(struct usage_options *options)
{
    g_free(options->provider);
    g_free(options->source);
    g_free(options->format);
}

/* Asks with a source that the user names, besides the store: it answers this question alone. */
static void ask_source(const struct context *context, struct usage *usage,
                       const struct usage_options *options)
{
    struct stored *stored = &usage->stored;
    autoclear(answer) answer = {0};

    if (stored->attempt.service_until > context->now) {
        g_autofree char *wait = duration_countdown(stored->attempt.service_until - context->now);
        stored_clear(stored);
        stored->attempt.error =
            g_error_new(USAGE_ERROR, USAGE_ERROR_RATE_LIMITED,
                        _("nothing was asked: the service wants to be left alone for %s"), wait);
        return;
    }
    stored_clear(stored);
    provider_ask(context->paths, usage->provider, options->source, options->verbose, &answer);
    stored->snapshot = g_steal_pointer(&answer.snapshot);
    stored->attempt.error = g_steal_pointer(&answer.error);
    stored->attempt.expired_at = answer.expired_at;
    stored->attempt.at = context->now;
    if (answer.retry_after > 0)
        refresh_note_wait(context->paths, usage->provider, context->now + answer.retry_after);
    if (stored->snapshot && stored->snapshot->fetched_at == 0)
        stored->snapshot->fetched_at = context->now;
}

static struct usage *find_out(const struct context *context, const char *provider,
                              const struct usage_options *options)
{
    struct usage *usage;

    if (!options->source || strcmp(options->source, "auto") == 0)
        return usage_load(context, provider, options->verbose);
    usage = g_new0(struct usage, 1);
    usage->provider = g_strdup(provider);
    store_load(context->paths, provider, &usage->stored);
    ask_source(context, usage, options);
    return usage;
}

static GPtrArray *find_out_all(const struct context *context, const struct usage_options *options)
{
    GPtrArray *usages = g_ptr_array_new_with_free_func((GDestroyNotify)usage_free);
    const GPtrArray *providers = context->config->providers;
    const char *one = options->provider ? options->provider : context_provider(context);

    if (g_strcmp0(one, "all") != 0) {
        if (one)
            g_ptr_array_add(usages, find_out(context, one, options));
        return usages;
    }
    for (guint i = 0; i < providers->len; i++) {
        const struct provider_settings *provider = providers->pdata[i];
        if (provider->enabled)
            g_ptr_array_add(usages, find_out(context, provider->id, options));
    }
    return usages;
}

/* What there is to show if the configuration is wrong: that. */
static GPtrArray *only_error(const struct context *context, const struct usage_options *options,
                             const GError *error)
{
    GPtrArray *usages = g_ptr_array_new_with_free_func((GDestroyNotify)usage_free);
    const char *provider = options->provider ? options->provider : context_provider(context);
    struct usage *usage = g_new0(struct usage, 1);

    usage->provider = g_strdup(provider ? provider : DEFAULT_PROVIDER);
    usage->stored.attempt.error = g_error_copy(error);
    g_ptr_array_add(usages, usage);
    return usages;
}

static void print_text(const struct context *context, const GPtrArray *usages, bool rich)
{
    const struct view_settings settings = {
        .thresholds = context->config->thresholds,
        .interval = context->config->refresh_interval,
        .remaining = context->config->remaining,
    };
    struct palette palette = config_palette(context->config);

    for (guint i = 0; i < usages->len; i++) {
        const struct usage *usage = usages->pdata[i];
        autoptr(view) view = view_new(usage->provider, &usage->stored, &settings, context->now);
        g_autoptr(GPtrArray) spans = spans_new();

        tooltip_draw(view, true, spans);
        g_autofree char *text =
            markup_render(spans, rich ? &markup_ansi : &markup_plain, rich ? &palette : NULL);
        printf("%s%s\n", i > 0 ? "\n" : "", text);
    }
}

static int show(const struct context *context, const struct usage_options *options)
{
    g_autoptr(GError) error = config_error(context->config);
    g_autoptr(GPtrArray) usages =
        error ? only_error(context, options, error) : find_out_all(context, options);
    int status = usages->len > 0 ? 0 : EXIT_FAILED;

    if (g_strcmp0(options->format, "json") == 0) {
        g_autofree char *json = usage_format_json(usages, context->now, options->pretty);
        printf("%s%s", json, options->pretty ? "" : "\n");
    } else {
        print_text(context, usages, output_is_rich() && !options->no_color);
    }
    for (guint i = 0; i < usages->len; i++) {
        const struct usage *usage = usages->pdata[i];
        if (!usage->stored.snapshot)
            status = EXIT_FAILED;
    }
    if (usages->len == 0)
        fprintf(stderr,
                _("usageline: no provider is enabled; see `usageline config providers`.\n"));
    return status;
}

static const char *wrong_argument(int argc, char **argv, const struct usage_options *options)
{
    static const char *const formats[] = {"text", "json", NULL};
    static const char *const sources[] = {"auto", "api", "cli", "web", NULL};

    if (argc > 1)
        return argv[1];
    if (options->format && !g_strv_contains(formats, options->format))
        return options->format;
    if (options->source && !g_strv_contains(sources, options->source))
        return options->source;
    if (options->provider && !provider_id_is_valid(options->provider))
        return options->provider;
    return NULL;
}

static void explain_browsers(const struct context *context, const struct usage_options *options)
{
    const char *provider = options->provider ? options->provider : context_provider(context);
    /* A provider that does not know the question looks into no browser. */
    g_autoptr(GPtrArray) lines = provider ? browsers_ask(context, provider, NULL) : NULL;

    for (guint i = 0; lines && i < lines->len; i++)
        fprintf(stderr, "usageline: %s\n", ((const struct browser_line *)lines->pdata[i])->text);
}

int command_usage(struct context *context, int argc, char **argv)
{
    const struct option_help help = {
        .command = "usage",
        .summary = N_("Shows how much of the plan is used; fetches it first if it is too old.")};
    struct usage_options options = {0};
    g_autoptr(GError) error = NULL;
    const char *wrong;
    int status = EXIT_USAGE;

    if (!options_parse(&help, (struct option_group){option_entries, &options},
                       (struct option_group){0}, &argc, &argv, &error)) {
        report(error);
        return EXIT_USAGE;
    }
    wrong = wrong_argument(argc, argv, &options);
    if (wrong)
        fprintf(stderr, _("usageline: \"%s\" is not understood; try `usageline usage --help`.\n"),
                wrong);
    else
        status = show(context, &options);
    if (options.verbose) {
        context_explain_store(context);
        explain_browsers(context, &options);
    }
    usage_options_clear(&options);
    return status;
}
