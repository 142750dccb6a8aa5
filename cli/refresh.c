/* usageline refresh: what a click does. Quiet if it worked. */
#include "cli/base/command.h"
#include "cli/click_command.h"

#include "cli/base/output.h"
#include "common/base/duration.h"
#include "common/base/i18n.h"
#include "common/usage/alerts.h"

#include <stddef.h>
#include <stdio.h>

struct refresh_options {
    gboolean verbose;
};

#define OPTION(field) ((gpointer)offsetof(struct refresh_options, field))

static const GOptionEntry option_entries[] = {
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, OPTION(verbose),
     N_("Tell what is done, and let the provider write to stderr"), NULL},
    {0},
};

/* Whether another process has just done what was asked for; says why nothing new came. */
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
        output_report(stored.attempt.error);
    return !stored.attempt.error || (stored.attempt.expired_at > 0 && stored.snapshot);
}

/* With a credential that is renewed without the user the last numbers are as good as it gets. */
static int fail(const struct bar_state *bar, const struct answer *answer)
{
    autoclear(stored) stored = {0};

    output_report(answer->error);
    store_load(bar->context->paths, bar->provider, &stored);
    return answer->expired_at > 0 && stored.snapshot ? 0 : EXIT_FAILED;
}

static int refresh(const struct bar_state *bar, gconstpointer values)
{
    const struct refresh_options *options = values;
    struct refresh request = context_refresh(bar->context, bar->provider);
    g_autoptr(GPtrArray) alerts = alerts_new();
    autoclear(answer) answer = {0};
    g_autoptr(GError) error = NULL;
    bool kept;

    request.forced = true;
    request.verbose = options->verbose;
    if (options->verbose)
        context_explain_store(bar->context);
    kept = refresh_now(&request, &answer, alerts, &error);
    alerts_send(bar->context->paths, alerts);
    if (!kept) {
        output_report(error);
        return EXIT_FAILED;
    }
    if (answer.error)
        return fail(bar, &answer);
    return answer.snapshot || was_done(bar->context, bar->provider) ? 0 : EXIT_FAILED;
}

int command_refresh(struct context *context, int argc, char **argv)
{
    const struct option_help help = {.command = "refresh",
                                     .summary = N_("Fetches the usage now and stores it.")};
    struct refresh_options options = {0};

    return click_command_run(context, &help, (struct option_group){option_entries, &options}, argc,
                             argv, refresh);
}
