#include "common/config/theme_internal.h"

#include "common/base/color.h"
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"

#include <string.h>

#define MIN_CONTRAST      3 /* of a candidate, and of what is dim */
#define MIN_TEXT_CONTRAST 4.5

static void desktop_add_color(GHashTable *colors, const char *name, const char *color)
{
    if (color && color_is_valid(color))
        g_hash_table_insert(colors, g_strdup(name), g_strdup(color));
}

static void desktop_add_members(GHashTable *colors, const struct json *json)
{
    for (guint i = 0; i < json_length(json); i++) {
        if (json_key_at(json, i))
            desktop_add_color(colors, json_key_at(json, i), json_string(json_at(json, i)));
    }
}

/* pywal's {"special": {"background", "foreground", …}, "colors": {"color0", … "color15"}}. */
static void desktop_read_json(const char *text, gsize length, GHashTable *colors)
{
    autoptr(json) json = json_parse(text, length, JSON_STRICT, NULL);

    desktop_add_members(colors, json_get(json, "special"));
    desktop_add_members(colors, json_get(json, "colors"));
}

/* The prefix for the names of the colours in this section of a TOML file; NULL: they are not
 * needed. The sections are Alacritty's; Omarchy's own colours have none. */
static const char *desktop_find_prefix(const char *section)
{
    static const struct {
        const char *section, *prefix;
    } sections[] = {
        {"[colors.primary]", ""}, {"[colors.normal]", ""}, {"[colors.bright]", "bright_"}};

    for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
        if (g_str_has_prefix(section, sections[i].section))
            return sections[i].prefix;
    }
    return NULL;
}

/* name = "#RRGGBB", or in single quotes; what follows is a comment. */
static void desktop_read_toml_line(const char *line, const char *prefix, GHashTable *colors)
{
    g_auto(GStrv) parts = g_strsplit(line, "=", 2);

    if (!parts[0] || !parts[1])
        return;
    char *value = g_strstrip(parts[1]);
    if (value[0] != '"' && value[0] != '\'')
        return;
    g_autofree char *color = g_strndup(value + 1, strcspn(value + 1, "\"'"));
    g_autofree char *name = g_strconcat(prefix, g_strstrip(parts[0]), NULL);
    desktop_add_color(colors, name, color);
}

/* Only the part of TOML that lists of colours use. */
static void desktop_read_toml(const char *text, gsize length, GHashTable *colors)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const char *prefix = "";

    (void)length;
    for (char **line = lines; *line; line++) {
        g_strstrip(*line);
        if (**line == '[')
            prefix = desktop_find_prefix(*line);
        else if (prefix)
            desktop_read_toml_line(*line, prefix, colors);
    }
}

/* A file from which `read` adds colours "#RRGGBB" by name. */
struct desktop_file {
    gsize base; /* offset of a folder in struct paths */
    const char *name;
    void (*read)(const char *text, gsize length, GHashTable *colors);
};

#define BASE(field) G_STRUCT_OFFSET(struct paths, field)

/* The first file that has a background and a foreground is used. Older versions of pywal ignore
 * XDG_CACHE_HOME. */
static const struct desktop_file pywal_files[] = {
    {BASE(cache_home), "wal/colors.json", desktop_read_json},
    {BASE(home), ".cache/wal/colors.json", desktop_read_json},
};

/* Omarchy 4; Omarchy 3 from 2026 on; older versions, and themes that others made for them. */
static const struct desktop_file omarchy_files[] = {
    {BASE(state_home), "omarchy/current/theme/colors.toml", desktop_read_toml},
    {BASE(config_home), "omarchy/current/theme/colors.toml", desktop_read_toml},
    {BASE(config_home), "omarchy/current/theme/alacritty.toml", desktop_read_toml},
};

static const struct desktop {
    const char *name;
    const char *title;
    const char *remedy;
    const struct desktop_file *files;
    gsize count;
} desktops[] = {
    {"pywal", "pywal", N_("let `wal` make it"), pywal_files, G_N_ELEMENTS(pywal_files)},
    {"omarchy", "Omarchy", N_("let `omarchy-theme-set` make it"), omarchy_files,
     G_N_ELEMENTS(omarchy_files)},
};

static const struct desktop *desktop_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(desktops); i++) {
        if (strcmp(desktops[i].name, name) == 0)
            return &desktops[i];
    }
    return NULL;
}

bool theme_is_dynamic(const char *name)
{
    return desktop_find(name) != NULL;
}

static char *desktop_build_path(const struct paths *paths, const struct desktop_file *file)
{
    return g_build_filename(G_STRUCT_MEMBER(char *, paths, file->base), file->name, NULL);
}

/* For each role the names of suitable colours, the best first. Terminals number theirs: 1 is red, 2
 * green, 3 yellow, 4 blue, 7 and 8 are greys, and 9 to 15 brighter ones. pywal keeps the numbers,
 * but takes the colours from a picture. "mix" is halfway from yellow to red. */
static const struct {
    enum role role;
    const char *names[8];
} desktop_candidates[] = {
    {ROLE_OK, {"green", "color2", "bright_green", "color10", "color6", "color14"}},
    {ROLE_WARNING, {"yellow", "color3", "bright_yellow", "color11", "color5", "color13"}},
    {ROLE_CRITICAL, {"orange", "mix", "bright_red", "color9", "color1"}},
    {ROLE_EXHAUSTED, {"red", "color1", "bright_red", "color9", "color5", "color13"}},
    {ROLE_ERROR, {"red", "color1", "bright_red", "color9", "color5", "color13"}},
    {ROLE_STALE, {"white", "color7", "bright_white", "color15"}},
    {ROLE_DIM, {"muted", "bright_black", "color8", "white", "color7"}},
    {ROLE_ACCENT, {"accent", "blue", "color4", "bright_blue", "color12", "color6"}},
};

static const char *desktop_find_color(GHashTable *colors, const char *name, const char *other)
{
    const char *color = g_hash_table_lookup(colors, name);

    return color ? color : g_hash_table_lookup(colors, other);
}

static void desktop_add_mix(GHashTable *colors)
{
    const char *red = desktop_find_color(colors, "red", "color1");
    const char *yellow = desktop_find_color(colors, "yellow", "color3");

    if (red && yellow)
        g_hash_table_insert(colors, g_strdup("mix"), color_mix(red, yellow));
}

/* Returns the first candidate that can be read on the background, else the foreground if that can,
 * else the one with the most contrast. */
static const char *desktop_choose_color(GHashTable *colors, const char *const *names,
                                        const char *background, const char *foreground)
{
    const char *best = foreground;

    for (; *names; names++) {
        const char *color = g_hash_table_lookup(colors, *names);
        if (!color)
            continue;
        if (color_contrast(color, background) >= MIN_CONTRAST)
            return color;
        if (color_contrast(color, background) > color_contrast(best, background))
            best = color;
    }
    return color_contrast(foreground, background) >= MIN_CONTRAST ? foreground : best;
}

static bool desktop_assign_colors(struct theme *theme, GHashTable *colors)
{
    const char *background = g_hash_table_lookup(colors, "background");
    const char *foreground = g_hash_table_lookup(colors, "foreground");

    if (!background || !foreground)
        return false;
    desktop_add_mix(colors);
    for (gsize i = 0; i < G_N_ELEMENTS(desktop_candidates); i++) {
        enum role role = desktop_candidates[i].role;
        const char *color =
            desktop_choose_color(colors, desktop_candidates[i].names, background, foreground);

        theme->colors[role] = color_make_readable(
            color, background, role == ROLE_DIM ? MIN_CONTRAST : MIN_TEXT_CONTRAST);
    }
    theme->background = g_strdup(background);
    theme->text = g_strdup(foreground);
    theme->is_dark = color_is_dark(background);
    return true;
}

/* False without an error if there is no such file. */
static bool desktop_load_file(const struct paths *paths, const struct desktop_file *file,
                              struct theme *theme, GError **error)
{
    g_autoptr(GHashTable) colors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *path = desktop_build_path(paths, file);
    gsize length = 0;
    g_autofree char *text = theme_read_file(path, &length, error);

    if (!text)
        return false;
    file->read(text, length, colors);
    if (desktop_assign_colors(theme, colors)) {
        theme->file = g_steal_pointer(&path);
        return true;
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("%s: has no colours \"background\" and \"foreground\""), path);
    return false;
}

bool theme_load_dynamic(const struct paths *paths, struct theme *theme, GError **error)
{
    const struct desktop *desktop = desktop_find(theme->name);
    g_autoptr(GError) first = NULL;

    theme->title = g_strdup(desktop->title);
    for (gsize i = 0; i < desktop->count; i++) {
        /* Of several errors the first one counts. */
        if (desktop_load_file(paths, &desktop->files[i], theme, first ? NULL : &first))
            return true;
    }
    if (first) {
        g_propagate_error(error, g_steal_pointer(&first));
    } else {
        g_autofree char *path = desktop_build_path(paths, &desktop->files[0]);
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s is not there; %s"), path,
                    _(desktop->remedy));
    }
    return false;
}

void theme_add_dynamic_files(const struct paths *paths, const char *name, GPtrArray *files)
{
    const struct desktop *desktop = desktop_find(name);

    for (gsize i = 0; i < desktop->count; i++) {
        char *path = desktop_build_path(paths, &desktop->files[i]);

        /* The folder may be a symbolic link that is changed to point to another one. */
        g_ptr_array_add(files, g_path_get_dirname(path));
        g_ptr_array_add(files, path);
    }
}
