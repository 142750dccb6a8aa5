/* usageline details: the tooltip as a desktop notification, for bars without tooltips. */
#include "cli/base/command.h"
#include "cli/base/output.h"
#include "cli/click_command.h"
#include "common/base/i18n.h"
#include "common/draw/line.h"
#include "common/draw/markup.h"
#include "common/usage/notification.h"
#include "common/usage/refresh_process.h"

#include <stdio.h>

/* The tooltip that the bar would show; the caller frees it. */
static char *details_draw(const struct bar_state *bar)
{
    const struct context *context = bar->context;
    struct view_settings settings = bar->settings;
    struct refresh refresh = context_refresh(context, bar->provider);
    autoclear(stored) stored = {.problem = bar_state_check(bar)};

    settings.tooltip = TOOLTIP_PROSE;
    if (!stored.problem)
        refresh_and_load(&refresh, REFRESH_WITHIN, &stored);
    autoptr(view) view = view_new(bar->provider, &stored, &settings, context->now);
    autoptr(line) line = line_new(view, bar->formats);

    return markup_render(line->tooltip, &markup_plain, NULL);
}

static int details_show(const struct bar_state *bar, gconstpointer values)
{
    const char *name = bar->adapter->name;
    g_autofree char *text = details_draw(bar);
    g_auto(GStrv) parts = g_strsplit(g_strstrip(text), "\n", 2); /* the title and the rest */
    g_autofree char *id = g_strconcat("details", name[0] != '\0' ? "-" : "", name, NULL);
    const struct notification notification = {
        .id = id,
        .summary = parts[0] ? parts[0] : bar->provider, /* a template may draw nothing */
        .body = parts[0] ? parts[1] : NULL,
        .urgency = URGENCY_NORMAL,
    };
    g_autoptr(GError) error = NULL;

    (void)values;
    if (notification_send(bar->context->paths, &notification, &error))
        return 0;
    printf("%s%s%s\n", notification.summary, notification.body ? "\n" : "",
           notification.body ? notification.body : "");
    output_report(error);
    return EXIT_FAILED;
}

int command_details(struct context *context, int argc, char **argv)
{
    const struct command_line line = {
        .command = "details",
        .summary =
            N_("Shows the usage as a desktop notification; fetches it first if it is too old.")};

    return click_command_run(context, line, argc, argv, details_show);
}
