/* usageline config browsers: which profiles are looked into for a session, and what is there. */
#include "cli/base/browsers.h"
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "cli/config/config_command.h"
#include "common/base/i18n.h"

#include <stdio.h>

int config_browsers(struct context *context, int argc, char **argv)
{
    const struct option_help help = {
        .command = "config browsers",
        .summary = N_("Lists the profiles of browsers in which a provider looks for a session, the "
                      "first to be used first, and what it finds there. Shows no secret.")};
    char *provider = NULL;
    const GOptionEntry entries[] = {{"provider", 'p', 0, G_OPTION_ARG_STRING, NULL,
                                     N_("The provider (default: the one that is drawn)"), N_("ID")},
                                    {0}};
    g_autoptr(GError) error = NULL;

    if (!options_parse(&help, (struct option_group){entries, &provider}, (struct option_group){0},
                       &argc, &argv, &error) ||
        argc > 1) {
        fprintf(stderr, "usageline: %s\n", error ? error->message : _("unexpected argument"));
        return EXIT_USAGE;
    }
    g_autofree char *given = provider;
    g_autoptr(GPtrArray) lines =
        browsers_ask(context, context_provider_or_default(context, given), &error);
    if (!lines) {
        output_report(error);
        return EXIT_FAILED;
    }
    for (guint i = 0; i < lines->len; i++)
        puts(((const struct browser_line *)lines->pdata[i])->text);
    if (lines->len == 0)
        puts(_("No profile of a browser was found."));
    return 0;
}
