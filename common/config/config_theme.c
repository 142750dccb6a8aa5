#include "common/base/i18n.h"
#include "common/config/config_internal.h"

#include <string.h>

void config_clear_theme(struct theme_setting *setting)
{
    g_free(setting->name);
    theme_free(setting->theme);
}

static void config_load_theme(struct config *config, const struct paths *paths,
                              struct theme_setting *setting)
{
    g_autoptr(GError) error = NULL;

    if (!setting->name)
        return;
    setting->theme = theme_load(paths, setting->name, &error);
    if (!error)
        return;
    config_add_problem(config, !theme_is_dynamic(setting->name), paths->config_file, setting->line,
                       _("\"%s\": %s"), "theme", error->message);
}

void config_load_themes(struct config *config, const struct paths *paths)
{
    config_load_theme(config, paths, &config->theme);
    for (guint i = 0; i < config->bars->len; i++)
        config_load_theme(config, paths, &((struct bar_settings *)config->bars->pdata[i])->theme);
}

const char *config_theme_name(const struct config *config, const char *bar)
{
    const struct bar_settings *settings = bar ? config_bar(config, bar) : NULL;
    const char *name = settings && settings->theme.name ? settings->theme.name : config->theme.name;

    return name ? name : THEME_DEFAULT;
}

GPtrArray *config_theme_files(const struct config *config, const struct paths *paths)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);

    if (config->theme.name)
        theme_add_files(paths, config->theme.name, files);
    for (guint i = 0; i < config->bars->len; i++) {
        const struct bar_settings *bar = config->bars->pdata[i];
        if (bar->theme.name)
            theme_add_files(paths, bar->theme.name, files);
    }
    return files;
}

/* Colours of the theme, if there is one, and of the user in place of those of the palette. */
static struct palette config_override(const struct config *config, const struct theme *theme,
                                      struct palette palette)
{
    palette.font = config->tooltip_font;
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (theme)
            palette.colors[role] = theme->colors[role];
        if (config->colors[role])
            palette.colors[role] = config->colors[role];
    }
    return palette;
}

struct palette config_theme_palette(const struct config *config, const struct theme *theme)
{
    return config_override(config, theme, palette_default);
}

struct palette config_terminal_palette(const struct config *config)
{
    return config_override(config, config->theme.theme, palette_terminal);
}

struct palette config_palette(const struct config *config)
{
    return config_theme_palette(config, config->theme.theme);
}

struct palette config_bar_palette(const struct config *config, const char *bar)
{
    const struct bar_settings *settings = config_bar(config, bar);
    bool has_theme = settings && settings->theme.theme;

    return config_theme_palette(config, has_theme ? settings->theme.theme : config->theme.theme);
}

struct gauge_style config_gauge(const struct config *config)
{
    return (struct gauge_style){
        .full = config->gauge_full, .rest = config->gauge_rest, .cells = (int)config->gauge_width};
}

static const struct {
    const char *name;
    const char *icon; /* NULL: the provider's name in a word */
} icon_sets[ICONS_COUNT] = {
    [ICONS_WORDS] = {"words", NULL},
    [ICONS_EMOJI] = {"emoji", "\U0001F4CA"}, /* bar chart */
    [ICONS_NERD] = {"nerd", "\U000F04C5"},   /* nf-md-speedometer */
};

const char *config_icons_name(enum icons icons)
{
    return icon_sets[icons].name;
}

const char *config_icon(const struct config *config, const char *bar)
{
    const struct bar_settings *settings = config_bar(config, bar);
    bool has_own_set = settings && settings->icons != ICONS_UNSET;

    if (settings && settings->icon)
        return settings->icon;
    if (config->icon)
        return config->icon;
    return icon_sets[has_own_set ? settings->icons : config->icons].icon;
}
