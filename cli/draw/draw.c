/* usageline waybar | i3blocks | polybar: one line, whatever happens. */
#include "cli/base/command.h"
#include "cli/base/options.h"
#include "cli/draw/click.h"
#include "cli/draw/drawing.h"
#include "cli/draw/watch.h"
#include "common/base/i18n.h"
#include "common/draw/template.h"
#include "common/usage/refresh_process.h"

#include <stddef.h>
#include <stdio.h>

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
    {"watch", 'w', 0, G_OPTION_ARG_NONE, OPTION(watch),
     N_("Go on, and print a new line whenever it changes"), NULL},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, OPTION(verbose),
     N_("Tell on stderr what is done and what the provider writes there"), NULL},
    {0},
};

static void draw_options_clear(struct draw_options *options)
{
    g_free(options->provider);
    g_free(options->format);
    g_free(options->short_format);
    g_free(options->window_format);
    g_free(options->tooltip_format);
    g_free(options->icon);
    g_free(options->instance);
}

static int print(struct drawn *drawn)
{
    int status = drawn->status;

    fputs(drawn->output, stdout);
    drawn_clear(drawn);
    return status;
}

static int print_error(const struct drawing *drawing, const GError *error)
{
    struct drawn drawn;

    drawing_draw_error(drawing, error, &drawn);
    return print(&drawn);
}

/* Fetches if that is due or asked for by a click, and waits for what comes of it. */
static void refresh(const struct drawing *drawing, bool forced, struct stored *stored)
{
    struct refresh refresh = context_refresh(drawing->context, drawing->provider);
    GError *problem = NULL;
    bool asked;

    refresh.verbose = drawing->options->verbose;
    refresh.forced = forced;
    if (!refresh_is_due(&refresh, stored))
        return;
    asked = refresh_process_run(&refresh, drawing->context->config->max_wait, &problem);
    stored_clear(stored);
    store_load(drawing->context->paths, drawing->provider, stored);
    if (!asked && !stored->attempt.error)
        stored->attempt.error = g_steal_pointer(&problem);
    g_clear_error(&problem);
}

static int draw_once(struct drawing *drawing)
{
    bool is_forced = click_from_environment(drawing);
    g_autoptr(GError) error = NULL;
    autoclear(stored) stored = {0};
    struct drawn drawn;

    drawing_choose(drawing);
    error = drawing_error(drawing);
    if (error)
        return print_error(drawing, error);
    if (!drawing->provider)
        return 0; /* nothing is enabled: empty output hides the module */
    if (drawing->options->verbose)
        context_explain_store(drawing->context);
    store_load(drawing->context->paths, drawing->provider, &stored);
    refresh(drawing, is_forced, &stored);
    drawing_draw(drawing, &stored, &drawn);
    if (is_forced)
        click_refreshed(drawing);
    return print(&drawn);
}

/* A mistake in a bar's configuration must be seen in the bar. */
static int refuse(struct drawing *drawing, const GError *error)
{
    drawing_choose(drawing);
    print_error(drawing, error);
    fflush(stdout); /* Polybar shows what comes first, also of stderr */
    report(error);
    fprintf(stderr, _("Try `usageline %s --help`.\n"), drawing->adapter->name);
    return EXIT_USAGE;
}

static bool check_arguments(int argc, char **argv, const struct draw_options *options,
                            GError **error)
{
    const char *const formats[] = {options->format, options->short_format, options->window_format,
                                   options->tooltip_format};

    if (!options_are_all(argc, argv, error))
        return false;
    if (options->remaining && options->used) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("--remaining and --used exclude each other"));
        return false;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (formats[i] && !template_check(formats[i], error))
            return false;
    }
    return true;
}

static char *describe_placeholders(void)
{
    g_autofree char *placeholders = template_placeholders();

    return g_strdup_printf(_("Placeholders: %s"), placeholders);
}

int command_draw(const struct adapter *adapter, struct context *context, int argc, char **argv)
{
    const struct option_help help = {
        .command = adapter->name, .summary = adapter->summary, .describe = describe_placeholders};
    struct draw_options options = {0};
    struct drawing drawing = {.adapter = adapter,
                              .options = &options,
                              .adapter_options = {.urgent = TRUE},
                              .context = context};
    g_autoptr(GError) error = NULL;
    int status;

    if (adapter->read_environment)
        adapter->read_environment(&drawing.adapter_options);
    if (options_parse(&help, (struct option_group){option_entries, &options},
                      (struct option_group){adapter->options, &drawing.adapter_options}, &argc,
                      &argv, &error) &&
        check_arguments(argc, argv, &options, &error)) {
        drawing.instance = options.instance ? options.instance : drawing_instance(adapter);
        status = options.watch ? watch(&drawing) : draw_once(&drawing);
    } else {
        status = refuse(&drawing, error);
    }
    drawing_clear(&drawing);
    draw_options_clear(&options);
    return status;
}
