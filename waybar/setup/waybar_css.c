#include "waybar/setup/waybar_css.h"

#include <string.h>

#define MARK       "made as "
#define SUM_LENGTH 12 /* hexadecimal digits of a SHA-256: enough to notice an edit */

/* The classes behind "#custom-usageline", and their style with and without a theme; NULL: the same
 * as that of the modules beside it. */
static const struct {
    const char *classes;
    const char *with_theme, *without;
} css_rules[] = {
    {"", "color: @usageline_text;", NULL},
    {".ok", "color: @usageline_ok;", NULL},
    {".warning", "color: @usageline_warning;", "color: @usageline_warning;"},
    {".critical", "color: @usageline_critical;", "color: @usageline_critical;"},
    {".exhausted", "color: @usageline_background; background: @usageline_exhausted;",
     "color: @usageline_exhausted;"},
    {".stale", "opacity: 0.8;", "opacity: 0.6;"},
    {".ok.stale", "color: @usageline_stale;", NULL},
    {".loading", "color: @usageline_dim;", "opacity: 0.6;"},
    {".error", "color: @usageline_error;", "color: @usageline_error;"},
    {".refreshing", "opacity: 0.8;", "opacity: 0.8;"},
};

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
    /* The title comes from a file and must not end the comment. */
    g_autofree char *title = g_strdelimit(g_strdup(theme->title), "*", ' ');

    css_define_color(css, "background", theme->background);
    css_define_color(css, "text", theme->text);
    for (enum role role = ROLE_NORMAL + 1; role < ROLE_COUNT; role++)
        css_define_color(css, role_name(role), palette->colors[role]);
    g_string_append_c(css, '\n');
    css_add_rules(css, strcmp(theme->name, THEME_DEFAULT) != 0);
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
