/* usageline theme: lists the themes, shows the colours of one, prints it as a style sheet. */
#include "cli/base/adapters.h"
#include "cli/base/command.h"
#include "cli/base/output.h"
#include "common/base/color.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/draw/canvas.h"
#include "common/draw/markup.h"
#include "waybar/setup/waybar_css.h"

#include <stdio.h>
#include <string.h>

/* The bar that has a style sheet. */
#define STYLED_BAR "waybar"

/* Loads the theme of this name, and its colours as they are. `name` NULL: the theme of the bar,
 * with the user's colours. If that fails, reports it and returns NULL. */
static struct theme *theme_find(const struct context *context, const char *name, const char *bar,
                                struct palette *palette)
{
    g_autoptr(GError) error = NULL;
    struct theme *theme =
        theme_load(context->paths, name ? name : config_theme_name(context->config, bar), &error);

    if (!theme)
        output_report(error);
    else if (!name)
        *palette = config_theme_palette(context->config, theme);
    for (int role = 0; theme && name && role < ROLE_COUNT; role++)
        palette->colors[role] = theme->colors[role];
    return theme;
}

/* The bars that are configured to have this theme, as "waybar, polybar"; the caller frees it. */
static char *theme_list_bars(const struct context *context, const char *name)
{
    GString *bars = g_string_new(NULL);

    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        const struct bar_settings *bar = config_bar(context->config, (*adapter)->name);

        if (bar && g_strcmp0(bar->theme.name, name) == 0)
            g_string_append_printf(bars, "%s%s", bars->len > 0 ? _(", ") : "", bar->name);
    }
    return g_string_free(bars, FALSE);
}

/* " (in use)" for the general theme, " (in use: polybar)" for that of a bar; the caller frees it.
 */
static char *theme_describe_use(const struct context *context, const char *name)
{
    g_autofree char *bars = theme_list_bars(context, name);

    if (strcmp(config_theme_name(context->config, NULL), name) == 0)
        return g_strdup(_(" (in use)"));
    return bars[0] != '\0' ? g_strdup_printf(_(" (in use: %s)"), bars) : g_strdup("");
}

/* The background and the severities of a theme, for a terminal that shows colours; of none (NULL)
 * as many spaces. The caller frees it. */
static char *theme_draw_swatches(const struct theme *theme)
{
    static const enum role roles[] = {ROLE_OK, ROLE_WARNING, ROLE_CRITICAL, ROLE_EXHAUSTED};
    struct palette palette = {0};
    autoptr(canvas) canvas = canvas_new();

    palette.colors[ROLE_ACCENT] = theme ? theme->background : NULL;
    canvas_add(canvas, ROLE_ACCENT, SPAN_PLAIN, theme ? "██" : "  ");
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++) {
        palette.colors[roles[i]] = theme ? theme->colors[roles[i]] : NULL;
        canvas_add(canvas, roles[i], SPAN_PLAIN, theme ? "██" : "  ");
    }
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, "  ");
    return markup_render(canvas, &markup_ansi, &palette);
}

static void theme_print_row(const struct context *context, const char *name)
{
    g_autofree char *use = theme_describe_use(context, name);
    g_autoptr(GError) error = NULL;
    autoptr(theme) theme = theme_load(context->paths, name, &error);
    const char *appearance = theme && !theme->is_dark ? _("light") : theme ? _("dark") : "-";
    g_autofree char *swatches = output_is_rich(context) ? theme_draw_swatches(theme) : g_strdup("");
    guint width = text_columns(appearance);

    printf("%-20s  %s%*s  %s%s%s\n", name, appearance, (int)(width < 5 ? 5 - width : 0), "",
           swatches, theme ? theme_title(theme) : error->message, use);
}

/* The theme files that the configuration names, each once. */
static void theme_print_files(const struct context *context)
{
    g_autoptr(GHashTable) printed = g_hash_table_new(g_str_hash, g_str_equal);
    const char *general = config_theme_name(context->config, NULL);

    if (strchr(general, '/') && g_hash_table_add(printed, (gpointer)(gintptr)general))
        theme_print_row(context, general);
    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        const char *name = config_theme_name(context->config, (*adapter)->name);

        if (strchr(name, '/') && g_hash_table_add(printed, (gpointer)(gintptr)name))
            theme_print_row(context, name);
    }
}

static int theme_list(struct context *context, int argc, char **argv)
{
    g_autoptr(GPtrArray) names = theme_names(context->paths);

    (void)argc;
    (void)argv;
    theme_print_files(context);
    theme_print_row(context, THEME_DEFAULT);
    for (guint i = 0; i < names->len; i++)
        theme_print_row(context, names->pdata[i]);
    theme_print_row(context, "pywal");
    theme_print_row(context, "omarchy");
    return 0;
}

static void theme_print_color(const struct context *context, const struct theme *theme,
                              const char *what, const char *color)
{
    const struct palette palette = {.colors = {[ROLE_ACCENT] = color}};
    autoptr(canvas) canvas = canvas_new();

    canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "  %-11s %s", what, color);
    if (strcmp(color, theme->background) != 0)
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "  %4.1f : 1",
                          color_contrast(color, theme->background));
    else
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%10s", "");
    if (output_is_rich(context))
        canvas_add(canvas, ROLE_ACCENT, SPAN_PLAIN, "  ██████");
    g_autofree char *text =
        markup_render(canvas, output_is_rich(context) ? &markup_ansi : &markup_plain, &palette);
    puts(g_strchomp(text));
}

static int theme_show(struct context *context, int argc, char **argv)
{
    struct palette palette;
    autoptr(theme) theme = theme_find(context, argc > 1 ? argv[1] : NULL, NULL, &palette);

    if (!theme)
        return EXIT_FAILED;
    printf(theme->is_dark ? _("%s, for dark bars") : _("%s, for light bars"), theme_title(theme));
    printf(theme->file ? _(": %s") : "%s", theme->file ? theme->file : "");
    putchar('\n');
    theme_print_color(context, theme, "background", theme->background);
    theme_print_color(context, theme, "text", theme->text);
    for (enum role role = ROLE_NORMAL + 1; role < ROLE_COUNT; role++)
        theme_print_color(context, theme, role_name(role), palette.colors[role]);
    return 0;
}

static int theme_print_css(struct context *context, int argc, char **argv)
{
    struct palette palette;
    autoptr(theme) theme = theme_find(context, argc > 1 ? argv[1] : NULL, STYLED_BAR, &palette);

    if (!theme)
        return EXIT_FAILED;
    g_autofree char *text = waybar_css(theme, &palette);
    fputs(text, stdout);
    return 0;
}

static const struct command theme_commands[] = {
    {"list", "", N_("list the themes"), 0, theme_list},
    {"show", N_("[NAME]"), N_("show the colours of a theme, by default of the one in use"), 1,
     theme_show},
    {"css", N_("[NAME]"), N_("print a theme as a style sheet for Waybar"), 1, theme_print_css},
    {0},
};

static const struct command_group theme_group = {
    .name = "theme",
    .commands = theme_commands,
    .usage = N_("Usage: usageline theme COMMAND [NAME]\n\n"),
    .hint = N_("\nA theme is used if the configuration names it: {\"theme\": \"nord\"}; see "
               "usageline-config(5).\n"),
    .columns = 12,
};

int command_theme(struct context *context, int argc, char **argv)
{
    return command_dispatch(&theme_group, context, argc, argv);
}
