/* usageline theme: which themes there are, how one looks, and one as a style sheet. */
#include "cli/base/adapters.h"
#include "cli/base/command.h"
#include "cli/base/help.h"
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

/* A theme and its colours, among which those count more that the user has set. */
struct shown {
    struct theme *theme;
    struct palette palette;
};

static void shown_clear(struct shown *shown)
{
    theme_free(shown->theme);
}

DEFINE_AUTO_CLEAR(shown, shown_clear);

/* The theme that is named, as it is; or the one that holds for the bar, with the user's colours. */
static bool find_shown(const struct context *context, const char *name, const char *bar,
                       struct shown *shown)
{
    const char *set = config_theme_name(context->config, bar);
    g_autoptr(GError) error = NULL;

    shown->theme = theme_load(context->paths, name ? name : set, &error);
    if (error) {
        report(error);
        return false;
    }
    if (!name) {
        shown->palette = config_theme_palette(context->config, shown->theme);
        return true;
    }
    for (int role = 0; role < ROLE_COUNT; role++)
        shown->palette.colors[role] = shown->theme->colors[role];
    return true;
}

/* The bars that have this theme of their own, as "waybar, polybar"; the caller frees it. */
static char *list_bars(const struct context *context, const char *name)
{
    GString *bars = g_string_new(NULL);

    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        const struct bar_settings *bar = config_bar(context->config, (*adapter)->name);

        if (bar && g_strcmp0(bar->theme.name, name) == 0)
            g_string_append_printf(bars, "%s%s", bars->len > 0 ? _(", ") : "", bar->name);
    }
    return g_string_free(bars, FALSE);
}

/* What stands behind the title: " (in use)" of the general one; the caller frees it. */
static char *describe_use(const struct context *context, const char *name)
{
    g_autofree char *bars = list_bars(context, name);

    if (strcmp(config_theme_name(context->config, NULL), name) == 0)
        return g_strdup(_(" (in use)"));
    return bars[0] != '\0' ? g_strdup_printf(_(" (in use: %s)"), bars) : g_strdup("");
}

static void print_listed(const struct context *context, const char *name)
{
    g_autofree char *use = describe_use(context, name);
    g_autoptr(GError) error = NULL;
    autoptr(theme) theme = theme_load(context->paths, name, &error);
    const char *appearance = theme && !theme->is_dark ? _("light") : theme ? _("dark") : "-";
    guint width = text_columns(appearance);

    printf("%-20s  %s%*s  %s%s\n", name, appearance, (int)(width < 5 ? 5 - width : 0), "",
           theme ? theme_title(theme) : error->message, use);
}

/* The files that the configuration names, each of them once. */
static void print_files(const struct context *context)
{
    g_autoptr(GHashTable) printed = g_hash_table_new(g_str_hash, g_str_equal);
    const char *general = config_theme_name(context->config, NULL);

    if (strchr(general, '/') && g_hash_table_add(printed, (gpointer)(gintptr)general))
        print_listed(context, general);
    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        const char *name = config_theme_name(context->config, (*adapter)->name);

        if (strchr(name, '/') && g_hash_table_add(printed, (gpointer)(gintptr)name))
            print_listed(context, name);
    }
}

static int list(struct context *context, const char *name)
{
    g_autoptr(GPtrArray) names = theme_names(context->paths);

    (void)name;
    print_files(context);
    print_listed(context, THEME_DEFAULT);
    for (guint i = 0; i < names->len; i++)
        print_listed(context, names->pdata[i]);
    print_listed(context, "pywal");
    print_listed(context, "omarchy");
    return 0;
}

static void print_color(const struct theme *theme, const char *what, const char *color)
{
    const struct palette palette = {.colors = {[ROLE_ACCENT] = color}};
    autoptr(canvas) canvas = canvas_new();

    canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "  %-11s %s", what, color);
    if (strcmp(color, theme->background) != 0)
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "  %4.1f : 1",
                          color_contrast(color, theme->background));
    else
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%10s", "");
    if (output_is_rich())
        canvas_add(canvas, ROLE_ACCENT, SPAN_PLAIN, "  ██████");
    g_autofree char *text =
        markup_render(canvas, output_is_rich() ? &markup_ansi : &markup_plain, &palette);
    puts(g_strchomp(text));
}

static int show(struct context *context, const char *name)
{
    autoclear(shown) shown = {0};

    if (!find_shown(context, name, NULL, &shown))
        return EXIT_FAILED;
    printf(shown.theme->is_dark ? _("%s, for dark bars") : _("%s, for light bars"),
           theme_title(shown.theme));
    printf(shown.theme->file ? _(": %s") : "%s", shown.theme->file ? shown.theme->file : "");
    putchar('\n');
    print_color(shown.theme, "background", shown.theme->background);
    print_color(shown.theme, "text", shown.theme->text);
    for (enum role role = ROLE_NORMAL + 1; role < ROLE_COUNT; role++)
        print_color(shown.theme, role_name(role), shown.palette.colors[role]);
    return 0;
}

static int css(struct context *context, const char *name)
{
    autoclear(shown) shown = {0};

    if (!find_shown(context, name, STYLED_BAR, &shown))
        return EXIT_FAILED;
    g_autofree char *text = waybar_css(shown.theme, &shown.palette);
    fputs(text, stdout);
    return 0;
}

static const struct {
    const char *name;
    const char *arguments;
    const char *summary;
    int (*run)(struct context *context, const char *name);
} commands[] = {
    {"list", "", N_("list the themes"), list},
    {"show", N_("[NAME]"), N_("show the colours of a theme, by default of the one in use"), show},
    {"css", N_("[NAME]"), N_("print a theme as a style sheet for Waybar"), css},
};

/* For people; gettext has something else for the empty text. */
static const char *arguments(gsize command)
{
    return commands[command].arguments[0] == '\0' ? "" : _(commands[command].arguments);
}

static void print_help(FILE *stream)
{
    fputs(_("Usage: usageline theme COMMAND [NAME]\n\n"), stream);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autofree char *usage = g_strjoin(" ", commands[i].name, arguments(i), NULL);
        help_row(stream, 12, usage, _(commands[i].summary));
    }
    fputs(_("\nA theme is used if the configuration names it: {\"theme\": \"nord\"}; see "
            "usageline-config(5).\n"),
          stream);
}

static bool is_help(const char *argument)
{
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

int command_theme(struct context *context, int argc, char **argv)
{
    if (argc > 1 && is_help(argv[1])) {
        print_help(stdout);
        return 0;
    }
    for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS(commands); i++) {
        int most = commands[i].arguments[0] == '\0' ? 2 : 3;

        if (strcmp(argv[1], commands[i].name) != 0)
            continue;
        if (argc > 2 && is_help(argv[2])) {
            printf(_("Usage: usageline theme %s %s\n\n%s\n"), commands[i].name, arguments(i),
                   _(commands[i].summary));
            return 0;
        }
        if (argc <= most)
            return commands[i].run(context, argc > 2 ? argv[2] : NULL);
        fprintf(stderr, _("usageline: theme %s: unexpected \"%s\".\n"), argv[1], argv[most]);
        return EXIT_USAGE;
    }
    if (argc > 1)
        fprintf(stderr, _("usageline: there is no command \"theme %s\".\n"), argv[1]);
    print_help(stderr);
    return EXIT_USAGE;
}
