#include "polybar/polybar.h"

#include "common/base/i18n.h"
#include "common/draw/markup.h"
#include "polybar/setup/polybar_setup.h"

/* Polybar has no style sheet: text without a colour of its own takes that of the line's state, so
 * that old or missing numbers do not look like good ones. */
static char *render(const struct line *line, const struct palette *palette,
                    const struct adapter_options *options)
{
    struct palette shown = {0};

    (void)options;
    if (palette)
        shown = *palette;
    if (line->state != VIEW_FRESH)
        shown.colors[ROLE_NORMAL] = shown.colors[line_role(line)];
    g_autofree char *label = markup_render(line->text, MARKUP_POLYBAR, &shown);
    return g_strconcat(label, "\n", NULL);
}

static const char *hidden(const struct adapter_options *options)
{
    (void)options;
    return "\n";
}

static const char *const config_places[] = {"polybar", "/etc/xdg/polybar", "/etc/polybar", NULL};

/* Those who start one Polybar a monitor name it so for "monitor = ${env:MONITOR:}". */
static const char *const instance_variables[] = {"MONITOR", NULL};

const struct adapter polybar_adapter = {
    .name = "polybar",
    .summary = N_("print one line with colour tags for Polybar"),
    .program = "polybar",
    .config_places = config_places,
    .instance_variables = instance_variables,
    .hidden = hidden,
    .setup = &polybar_setup,
    .render = render,
};
