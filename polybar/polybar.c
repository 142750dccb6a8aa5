#include "polybar/polybar.h"

#include "common/base/i18n.h"
#include "polybar/setup/polybar_setup.h"

/* Polybar has no escape for the "%{" that begins a tag. An offset of zero in front of each brace
 * keeps the two characters apart, even if the percent sign ends the span before, and has no effect
 * on the screen, on the colours or in the log (tried with Polybar 3.6.3). */
static void polybar_escape(GString *out, const char *text, gsize length, enum span_style style)
{
    (void)style;
    for (gsize i = 0; i < length; i++) {
        if (text[i] == '{')
            g_string_append(out, "%{O0}");
        g_string_append_c(out, text[i]);
    }
}

/* Styles are left out: the bar's configuration chooses its fonts. */
static void polybar_open(GString *out, enum span_style style, const char *color, const char *font)
{
    (void)style;
    (void)font;
    if (color)
        g_string_append_printf(out, "%%{F%s}", color);
}

static void polybar_close(GString *out, enum span_style style, const char *color, const char *font)
{
    (void)style;
    (void)font;
    if (color)
        g_string_append(out, "%{F-}");
}

const struct markup polybar_markup = {polybar_escape, polybar_open, polybar_close};

/* Polybar has no style sheet. So text without a colour of its own gets that of the line's state, or
 * old and missing numbers would look like good ones. */
static char *polybar_render(const struct line *line, const struct palette *palette,
                            const struct adapter_options *options)
{
    struct palette shown = {0};

    (void)options;
    if (palette)
        shown = *palette;
    if (line->view->state != VIEW_FRESH)
        shown.colors[ROLE_NORMAL] = shown.colors[line_role(line)];
    g_autofree char *label = markup_render(line->text, &polybar_markup, &shown);
    return g_strconcat(label, "\n", NULL);
}

/* Set by users who start one Polybar for each monitor, for "monitor = ${env:MONITOR:}". */
static const char *const instance_variables[] = {"MONITOR", NULL};

const struct adapter polybar_adapter = {
    .name = "polybar",
    .summary = N_("print one line with colour tags for Polybar"),
    .program = "polybar",
    .instance_variables = instance_variables,
    .hidden = "\n",
    .setup = &polybar_setup,
    .render = polybar_render,
};
