/* The part of the configuration that is about how a line looks: themes, colours and icons. */
#include "common/base/i18n.h"
#include "common/config/config_internal.h"

#include <string.h>

void config_clear_theme(struct theme_setting *setting)
{
    g_free(setting->name);
    theme_free(setting->theme);
}

/* The theme's colour (NULL: the built-in one), for ROLE_NORMAL none. */
static const char *color_of(const struct theme *theme, enum role role)
{
    return theme ? theme->colors[role] : palette_default.colors[role];
}

void config_settle_colors(struct config *config)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        config->color_is_own[role] = config->colors[role] != NULL;
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (!config->color_is_own[role])
            config->colors[role] = g_strdup(color_of(NULL, role));
    }
}

static void load_theme(struct config *config, const struct paths *paths,
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
    load_theme(config, paths, &config->theme);
    for (guint i = 0; i < config->bars->len; i++)
        load_theme(config, paths, &((struct bar_settings *)config->bars->pdata[i])->theme);
    for (int role = 0; config->theme.theme && role < ROLE_COUNT; role++) {
        if (config->color_is_own[role])
            continue;
        g_free(config->colors[role]);
        config->colors[role] = g_strdup(color_of(config->theme.theme, role));
    }
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

struct palette config_palette(const struct config *config)
{
    struct palette palette;

    for (int role = 0; role < ROLE_COUNT; role++)
        palette.colors[role] = config->colors[role];
    return palette;
}

struct palette config_theme_palette(const struct config *config, const struct theme *theme)
{
    struct palette palette = config_palette(config);

    for (int role = 0; role < ROLE_COUNT; role++) {
        if (!config->color_is_own[role])
            palette.colors[role] = color_of(theme, role);
    }
    return palette;
}

struct palette config_bar_palette(const struct config *config, const char *bar)
{
    const struct bar_settings *settings = config_bar(config, bar);

    return settings && settings->theme.theme ? config_theme_palette(config, settings->theme.theme)
                                             : config_palette(config);
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

enum icons config_icons_from_name(const char *name)
{
    for (enum icons icons = ICONS_WORDS; icons < ICONS_COUNT; icons++) {
        if (strcmp(icon_sets[icons].name, name) == 0)
            return icons;
    }
    return ICONS_UNSET;
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
