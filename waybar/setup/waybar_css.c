#include "waybar/setup/waybar_css.h"

#include <string.h>

#define MARK       "made as "
#define SUM_LENGTH 12 /* hexadecimal digits of a SHA-256: enough to notice an edit */

/* Only what is exhausted has a background, so it does not look like an error. */
#define PILL "color: @usageline_background; background: @usageline_exhausted; border-radius: 10px;"

/* The classes behind "#custom-usageline", and their style with and without a theme; NULL: the same
 * as that of the modules beside it. */
static const struct {
    const char *classes;
    const char *with_theme, *without;
} css_rules[] = {
    {"", "padding: 0 10px; color: @usageline_text;", "padding: 0 10px;"},
    {".ok", "color: @usageline_ok;", NULL},
    {".warning", "color: @usageline_warning;", "color: @usageline_warning;"},
    {".critical", "color: @usageline_critical;", "color: @usageline_critical;"},
    {".exhausted", PILL, PILL},
    {".stale", "opacity: 0.8;", "opacity: 0.6;"},
    {".ok.stale", "color: @usageline_stale;", NULL},
    {".loading", "color: @usageline_dim;", "opacity: 0.6;"},
    {".error", "color: @usageline_error;", "color: @usageline_error;"},
    {".refreshing", "opacity: 0.8;", "opacity: 0.8;"},
};

/* GTK draws dark tooltips, with a shadow behind the text, whatever the bar looks like. All inside
 * inherits the colour, so that rules of the user's own for "tooltip" are enough to change it; GTK's
 * set it for the label and the box around it. */
static const char css_tooltip[] =
    "\n/* All modules of Waybar share these rules for tooltips, so those of the others get the\n"
    " * theme's background and text too. Rules in your style.css override them. */\n\n"
    "tooltip {\n"
    "    background: @usageline_background;\n"
    "    border: 1px solid alpha(@usageline_text, 0.25);\n"
    "    color: @usageline_text;\n"
    "}\n\n"
    "tooltip * {\n"
    "    color: inherit;\n"
    "    text-shadow: none;\n"
    "}\n";

static void css_define_color(GString *css, const char *name, const char *color)
{
    g_string_append_printf(css, "@define-color usageline_%-11s%s;\n", name, color);
}

static void css_add_rules(GString *css, bool has_theme)
{
    for (gsize i = 0; i < G_N_ELEMENTS(css_rules); i++) {
        const char *rule = has_theme ? css_rules[i].with_theme : css_rules[i].without;

        if (rule)
            g_string_append_printf(css, "#custom-usageline%-11s { %s }\n", css_rules[i].classes,
                                   rule);
    }
}

static char *css_sum(const char *text)
{
    char *digits = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

    digits[SUM_LENGTH] = '\0';
    return digits;
}

char *waybar_css(const struct theme *theme, const struct palette *palette)
{
    g_autoptr(GString) css = g_string_new("\n");
    bool has_theme = strcmp(theme->name, THEME_DEFAULT) != 0;
    /* The title comes from a file and must not end the comment. */
    g_autofree char *title = g_strdelimit(g_strdup(theme->title), "*", ' ');

    css_define_color(css, "background", theme->background);
    css_define_color(css, "text", theme->text);
    for (enum role role = ROLE_NORMAL + 1; role < ROLE_COUNT; role++)
        css_define_color(css, role_name(role), palette->colors[role]);
    g_string_append_c(css, '\n');
    css_add_rules(css, has_theme);
    if (has_theme)
        g_string_append(css, css_tooltip);
    g_autofree char *digits = css_sum(css->str);
    return g_strdup_printf("/* usageline, %s; " MARK "%s. It is yours to change. */\n%s", title,
                           digits, css->str);
}

bool waybar_css_is_unchanged(const char *text)
{
    const char *end = strchr(text, '\n');
    const char *mark = end ? g_strrstr_len(text, end - text, MARK) : NULL;
    g_autofree char *digits = mark ? css_sum(end + 1) : NULL;

    return digits && g_str_has_prefix(mark + strlen(MARK), digits);
}
