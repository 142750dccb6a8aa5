/* usageline details: the tooltip as a desktop notification, for bars that have none. */
#include "cli/command.h"
#include "cli/drawing.h"
#include "cli/options.h"
#include "cli/usage.h"
#include "common/i18n.h"
#include "common/line.h"
#include "common/markup.h"
#include "common/notification.h"

#include <stddef.h>
#include <stdio.h>

struct details_options {
    char *provider;
    char *bar;
};

#define OPTION(field) ((gpointer)offsetof(struct details_options, field))

static const GOptionEntry option_entries[] = {
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     N_("The provider to show (default: the first that is enabled)"), N_("ID")},
    {"bar", 'b', 0, G_OPTION_ARG_STRING, OPTION(bar),
     N_("The bar that asks: with its tooltip and icon, as the configuration has them"), N_("NAME")},
    {0},
};

/* The tooltip as that bar would have it; the caller frees it. */
static char *draw(const struct drawing *drawing)
{
    const struct context *context = drawing->context;
    const struct line_formats formats = {.tooltip = drawing->formats.tooltip, .proportional = true};
    g_autoptr(GError) error = drawing_error(drawing);
    autoptr(usage) usage = error ? NULL : usage_load(context, drawing->provider, false);
    autoptr(view) view =
        error ? view_new_error(drawing->provider, error, &drawing->settings, context->now)
              : view_new(drawing->provider, &usage->stored, &drawing->settings, context->now);
    autoptr(line) line = line_new(view, formats);

    return markup_render(line->tooltip, MARKUP_PLAIN, NULL);
}

static int show(const struct drawing *drawing, const char *bar)
{
    g_autofree char *text = draw(drawing);
    g_auto(GStrv) parts = g_strsplit(g_strstrip(text), "\n", 2); /* the title and the rest */
    g_autofree char *id = g_strconcat("details", bar ? "-" : NULL, bar, NULL);
    const struct notification notification = {
        .id = id,
        .summary = parts[0] ? parts[0] : drawing->provider, /* a template may draw nothing */
        .body = parts[0] ? parts[1] : NULL,
        .urgency = URGENCY_NORMAL,
    };
    g_autoptr(GError) error = NULL;

    if (notification_send(drawing->context->paths, &notification, &error))
        return 0;
    printf("%s%s%s\n", notification.summary, notification.body ? "\n" : "",
           notification.body ? notification.body : "");
    report(error);
    return EXIT_FAILED;
}

int command_details(struct context *context, int argc, char **argv)
{
    const struct option_help help = {
        .command = "details",
        .summary =
            N_("Shows the usage as a desktop notification; fetches it first if it is too old.")};
    struct details_options options = {0};
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
            status = show(&drawing, options.bar);
    }
    if (error)
        report(error);
    drawing_clear(&drawing);
    g_free(options.provider);
    g_free(options.bar);
    return status;
}
