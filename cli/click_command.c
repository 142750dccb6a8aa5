#include "cli/click_command.h"

#include "cli/base/click_error.h"
#include "common/base/i18n.h"

#include <stddef.h>

struct click_command_options {
    char *provider;
    char *bar;
};

#define OPTION(field) ((gpointer)offsetof(struct click_command_options, field))

static const GOptionEntry option_entries[] = {
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     N_("The provider (default: what the bar shows, else the first that is enabled)"), N_("ID")},
    {"bar", 'b', 0, G_OPTION_ARG_STRING, OPTION(bar), N_("The bar that asks"), N_("NAME")},
    {0},
};

int click_command_run(struct context *context, struct command_line line, int argc, char **argv,
                      int (*run)(const struct bar_state *bar, gconstpointer values))
{
    struct click_command_options given = {0};
    struct draw_options draw_options = {0};
    struct bar_state bar = {0};
    g_autoptr(GError) error = NULL;
    int status = EXIT_USAGE;

    line.options = (struct option_group){option_entries, &given};
    if (options_parse(&line, &argc, &argv, &error)) {
        draw_options.provider = given.provider;
        status = bar_state_init_for_click(&bar, context, given.bar, &draw_options, &error);
        if (status == 0)
            status = run(&bar, line.more_options.values);
    }
    if (error)
        click_error_report(context, given.bar, error);
    bar_state_clear(&bar);
    options_clear(&line);
    return status;
}
