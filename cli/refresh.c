/* usageline refresh: what a click does. Quiet if it worked. */
#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/options.h"

#include "common/duration.h"
#include "common/i18n.h"

#include <stddef.h>
#include <stdio.h>

struct refresh_options {
    char *provider;
    char *bar;
    gboolean verbose;
};

#define OPTION(field) ((gpointer)offsetof(struct refresh_options, field))

static const GOptionEntry option_entries[] = {
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     N_("The provider to ask (default: the first that is enabled)"), N_("ID")},
    {"bar", 'b', 0, G_OPTION_ARG_STRING, OPTION(bar),
     N_("The bar that asks: the provider that it shows"), N_("NAME")},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, OPTION(verbose),
     N_("Tell what is done, and let the provider write to stderr"), NULL},
    {0},
};

/* Whether another process has just done what was asked for; else says why nothing was. */
static bool was_done(const struct context *context, const char *provider)
{
    autoclear(stored) stored = {0};

    store_load(context->paths, provider, &stored);
    if (stored.attempt.service_until > context->now) {
        g_autofree char *wait = duration_countdown(stored.attempt.service_until - context->now);
        fprintf(stderr, _("usageline: the service asks to wait for another %s: %s\n"), wait,
                stored.attempt.error ? stored.attempt.error->message : "");
        return false;
    }
    if (stored.attempt.error)
        report(stored.attempt.error);
    return !stored.attempt.error;
}

static int refresh(const struct context *context, const char *provider, bool verbose)
{
    struct refresh request = context_refresh(context, provider);
    autoclear(answer) answer = {0};
    g_autoptr(GError) error = NULL;

    request.forced = true;
    request.verbose = verbose;
    if (verbose)
        context_explain_store(context);
    if (!refresh_now(&request, &answer, &error)) {
        report(error);
        return EXIT_FAILED;
    }
    if (answer.error) {
        report(answer.error);
        return EXIT_FAILED;
    }
    return answer.snapshot || was_done(context, provider) ? 0 : EXIT_FAILED;
}

int command_refresh(struct context *context, int argc, char **argv)
{
    const struct option_help help = {.command = "refresh",
                                     .summary = N_("Fetches the usage now and stores it.")};
    struct refresh_options options = {0};
    struct draw_options draw_options = {0};
    struct drawing drawing = {0};
    g_autoptr(GError) error = NULL;
    int status = EXIT_USAGE;

    if (options_parse(&help, (struct option_group){option_entries, &options},
                      (struct option_group){0}, &argc, &argv, &error) &&
        options_are_all(argc, argv, &error)) {
        draw_options.provider = options.provider;
        status = drawing_begin(&drawing, context, options.bar, &draw_options, &error);
        if (status == 0)
            status = refresh(context, drawing.provider, options.verbose);
    }
    if (error)
        report(error);
    drawing_clear(&drawing);
    g_free(options.provider);
    g_free(options.bar);
    return status;
}
