/* usageline refresh: fetches the usage, as a click does. Prints nothing if that worked. */
#include "cli/base/click_error.h"
#include "cli/base/command.h"
#include "cli/base/output.h"
#include "cli/click_command.h"
#include "common/base/i18n.h"
#include "common/draw/line.h"
#include "common/draw/markup.h"
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

/* Shows the last numbers in place of new ones, and when there may be some. */
static int refresh_report_refusal(const struct bar_state *bar, const struct stored *stored,
                                  const GError *refusal)
{
    autoptr(view) view = view_new(bar->provider, stored, &bar->settings, bar->context->now);
    autoptr(line) line = line_new(view, bar->formats);
    g_autofree char *text = markup_render(line->text, &markup_plain, NULL);

    if (stored->snapshot)
        puts(text);
    click_error_report(bar->context, bar->adapter->name, refusal);
    return EXIT_FAILED;
}

/* Reports what is wrong. With a credential that is renewed without the user, the last numbers are
 * as good as it gets. */
static int refresh_report(const struct stored *stored)
{
    const struct attempt *attempt = &stored->attempt;

    if (!attempt->error)
        return 0;
    output_report(attempt->error);
    return attempt->expired_at > 0 && stored->snapshot ? 0 : EXIT_FAILED;
}

static int refresh_run(const struct bar_state *bar, gconstpointer values)
{
    const struct refresh_options *options = values;
    struct refresh refresh = context_refresh(bar->context, bar->provider);
    g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func(g_free);
    autoclear(stored) stored = {0};
    g_autoptr(GError) error = NULL;
    enum refresh_outcome outcome;

    refresh.forced = true;
    refresh.verbose = options->verbose;
    if (options->verbose)
        context_explain_store(bar->context);
    outcome = refresh_now(&refresh, &stored, alerts, &error);
    alerts_send(bar->context->paths, alerts);
    if (outcome == REFRESH_REFUSED) {
        error = refresh_refusal(&refresh, &stored);
        return refresh_report_refusal(bar, &stored, error);
    }
    if (outcome != REFRESH_FAILED)
        return refresh_report(&stored);
    click_error_report(bar->context, bar->adapter->name, error);
    return EXIT_FAILED;
}

int command_refresh(struct context *context, int argc, char **argv)
{
    struct refresh_options options = {0};
    const struct command_line line = {.command = "refresh",
                                      .summary = N_("Fetches the usage now and stores it."),
                                      .more_options = {option_entries, &options}};

    return click_command_run(context, line, argc, argv, refresh_run);
}
