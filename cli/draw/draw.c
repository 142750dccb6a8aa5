/* usageline waybar | i3blocks | polybar: one line, whatever happens. */
#include "cli/base/command.h"
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "cli/base/pretend.h"
#include "cli/draw/bar_state.h"
#include "cli/draw/click.h"
#include "cli/draw/watch.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/usage/refresh_process.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OPTION(field) ((gpointer)offsetof(struct draw_options, field))

static const GOptionEntry option_entries[] = {
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     N_("The provider to draw (default: the first that is enabled)"), N_("ID")},
    {"format", 'f', 0, G_OPTION_ARG_STRING, OPTION(format), N_("The text, with placeholders"),
     N_("T")},
    {"short-format", 0, 0, G_OPTION_ARG_STRING, OPTION(short_format),
     N_("The text where there is little room, with placeholders"), N_("T")},
    {"window-format", 0, 0, G_OPTION_ARG_STRING, OPTION(window_format),
     N_("The text while one window is chosen by scrolling, with placeholders"), N_("T")},
    {"tooltip-format", 't', 0, G_OPTION_ARG_STRING, OPTION(tooltip_format),
     N_("The tooltip, with placeholders; \\n begins a new line"), N_("T")},
    {"icon", 'i', 0, G_OPTION_ARG_STRING, OPTION(icon),
     N_("What stands in front (default: the provider's name)"), N_("S")},
    {"remaining", 'r', 0, G_OPTION_ARG_NONE, OPTION(remaining),
     N_("Say what is left instead of what is used"), NULL},
    {"used", 'u', 0, G_OPTION_ARG_NONE, OPTION(used),
     N_("Say what is used, whatever is configured"), NULL},
    {"instance", 0, 0, G_OPTION_ARG_STRING, OPTION(instance),
     N_("Which of several such modules this is, for clicks (default: what the bar tells)"),
     N_("NAME")},
    {"state", 0, 0, G_OPTION_ARG_STRING, OPTION(state),
     N_("Draw a state that the provider can pretend, such as critical, or cycle: all in turn"),
     N_("STATE")},
    {"watch", 'w', 0, G_OPTION_ARG_NONE, OPTION(adapter.continuous),
     N_("Go on, and print a new line whenever it changes"), NULL},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, OPTION(verbose),
     N_("Tell on stderr what is done and what the provider writes there"), NULL},
    {0},
};

/* Returns the exit status. */
static int draw_print(const struct bar_state *bar, const struct stored *stored)
{
    autoclear(bar_output) output = {0};

    bar_state_draw(bar, stored, &output);
    file_write_all(STDOUT_FILENO, output.text, strlen(output.text)); /* if not, the bar has gone */
    return output.status;
}

static GError *draw_find_refusal(const struct refresh *refresh)
{
    autoclear(stored) stored = {0};

    refresh_load(refresh, &stored);
    return refresh_refusal(refresh, &stored);
}

/* Refreshes if that is due or `forced` by a click, waits for the result, and loads it. */
static void draw_refresh(const struct bar_state *bar, bool forced, struct stored *stored)
{
    struct refresh refresh = context_refresh(bar->context, bar->provider);
    g_autoptr(GError) refusal = NULL;

    if (bar->options->verbose)
        context_explain_store(bar->context);
    refresh.verbose = bar->options->verbose;
    refresh.forced = forced;
    if (forced)
        refusal = draw_find_refusal(&refresh);
    refresh_and_load(&refresh, bar->context->config->max_wait, stored);
    if (refusal)
        click_report(bar, refusal);
    else if (forced)
        click_show_details(bar);
}

static int draw_once(struct bar_state *bar)
{
    bool is_forced = click_perform_from_environment(bar);
    autoclear(stored) stored = {0};

    bar_state_resolve(bar);
    stored.problem = bar_state_check(bar);
    if (!stored.problem && !bar->provider)
        return 0; /* nothing is enabled: empty output hides the module */
    if (!stored.problem && bar->options->states)
        pretend_load(bar->context, bar->provider, bar->options->states, &stored);
    else if (!stored.problem)
        draw_refresh(bar, is_forced, &stored);
    return draw_print(bar, &stored);
}

/* A mistake on the command line, which stands in the bar's configuration, must be seen in the bar.
 */
static int draw_refuse(struct bar_state *bar, const GError *error)
{
    autoclear(stored) stored = {.problem = g_error_copy(error)};

    bar_state_resolve(bar);
    draw_print(bar, &stored); /* before the message: Polybar shows what comes first */
    output_report(error);
    output_complain(_("Try `usageline %s --help`.\n"), bar->adapter->name);
    return EXIT_USAGE;
}

static bool draw_parse_format(const char *text, struct template **format, GError **error)
{
    return !text || (*format = template_parse(text, error));
}

static bool draw_check_options(struct draw_options *options, GError **error)
{
    if (options->remaining && options->used) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("--remaining and --used exclude each other"));
        return false;
    }
    return draw_parse_format(options->format, &options->formats.text, error) &&
           draw_parse_format(options->short_format, &options->formats.short_text, error) &&
           draw_parse_format(options->window_format, &options->formats.window, error) &&
           draw_parse_format(options->tooltip_format, &options->formats.tooltip, error);
}

/* A state belongs to one provider, whatever is chosen by clicks. */
static bool draw_find_states(const struct context *context, struct draw_options *options,
                             GError **error)
{
    if (!options->provider)
        options->provider = g_strdup(context_provider(context, NULL));
    options->states = pretend_states(context, options->provider, options->state, error);
    return options->states != NULL;
}

static char *draw_describe_placeholders(void)
{
    g_autofree char *placeholders = template_placeholders();

    return g_strdup_printf(_("Placeholders: %s"), placeholders);
}

int command_draw(const struct adapter *adapter, struct context *context, int argc, char **argv)
{
    static const char *const opposites[] = {"remaining", "used", NULL};
    struct draw_options options = {.adapter = {.urgent = TRUE}};
    const struct command_line line = {.command = adapter->name,
                                      .summary = adapter->summary,
                                      .describe = draw_describe_placeholders,
                                      .options = {option_entries, &options},
                                      .more_options = {adapter->options, &options.adapter},
                                      .opposites = opposites};
    struct bar_state bar;
    g_autoptr(GError) error = NULL;
    int status;

    if (adapter->read_environment)
        adapter->read_environment(context->environment, &options.adapter);
    if (options_parse(&line, &argc, &argv, &error) && draw_check_options(&options, &error) &&
        options.state)
        draw_find_states(context, &options, &error);
    bar_state_init(&bar, context, adapter, &options);
    if (error)
        status = draw_refuse(&bar, error);
    else
        status = options.adapter.continuous ? watch_run(&bar) : draw_once(&bar);
    bar_state_clear(&bar);
    line_formats_clear(&options.formats);
    g_strfreev(options.states);
    options_clear(&line);
    return status;
}
