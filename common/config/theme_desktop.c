#include "common/config/theme_internal.h"

#include "common/base/color.h"
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"

#include <string.h>

#define MIN_CONTRAST 3

/* Reads colours "#RRGGBB" by name into the table. */
typedef void (*color_reader)(const char *text, gsize length, GHashTable *colors);

static void take_color(GHashTable *colors, const char *name, const char *color)
{
    if (color && color_is_valid(color))
        g_hash_table_insert(colors, g_strdup(name), g_strdup(color));
}

static void take_members(GHashTable *colors, const struct json *json)
{
    for (guint i = 0; i < json_length(json); i++) {
        if (json_key_at(json, i))
            take_color(colors, json_key_at(json, i), json_string(json_at(json, i)));
    }
}

/* pywal's {"special": {"background", "foreground", …}, "colors": {"color0", … "color15"}}. */
static void read_json(const char *text, gsize length, GHashTable *colors)
{
    autoptr(json) json = json_parse(text, length, JSON_STRICT, NULL);

    take_members(colors, json_get(json, "special"));
    take_members(colors, json_get(json, "colors"));
}

/* What stands in front of a colour's name for those in this section of a file in TOML; NULL: they
 * are of no use. The sections are Alacritty's; Omarchy's own colours have none. */
static const char *prefix_of(const char *section)
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

/* name = "#RRGGBB", in either sort of quotes; what follows is a comment. */
static void take_toml_line(const char *line, const char *prefix, GHashTable *colors)
{
    g_auto(GStrv) parts = g_strsplit(line, "=", 2);

    if (!parts[0] || !parts[1])
        return;
    char *value = g_strstrip(parts[1]);
    if (value[0] != '"' && value[0] != '\'')
        return;
    g_autofree char *color = g_strndup(value + 1, strcspn(value + 1, "\"'"));
    g_autofree char *name = g_strconcat(prefix, g_strstrip(parts[0]), NULL);
    take_color(colors, name, color);
}

/* As much of TOML as lists of colours use. */
static void read_toml(const char *text, gsize length, GHashTable *colors)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const char *prefix = "";

    (void)length;
    for (char **line = lines; *line; line++) {
        g_strstrip(*line);
        if (**line == '[')
            prefix = prefix_of(*line);
        else if (prefix)
            take_toml_line(*line, prefix, colors);
    }
}

/* The XDG folder that holds the file, as an offset into struct paths. */
struct place {
    gsize base;
    const char *file;
    color_reader read;
};

#define BASE(field) G_STRUCT_OFFSET(struct paths, field)

/* The first one that has a background and a foreground counts. The older pywal does not know
 * XDG_CACHE_HOME. */
static const struct place pywal_places[] = {
    {BASE(cache_home), "wal/colors.json", read_json},
    {BASE(home), ".cache/wal/colors.json", read_json},
};

/* Omarchy 4; Omarchy 3 from 2026 on; the older one, and themes of others that were made for it. */
static const struct place omarchy_places[] = {
    {BASE(state_home), "omarchy/current/theme/colors.toml", read_toml},
    {BASE(config_home), "omarchy/current/theme/colors.toml", read_toml},
    {BASE(config_home), "omarchy/current/theme/alacritty.toml", read_toml},
};

static const struct {
    const char *name;
    const char *title;
    const char *remedy;
    const struct place *places;
    gsize count;
} desktops[] = {
    {"pywal", "pywal", N_("let `wal` make it"), pywal_places, G_N_ELEMENTS(pywal_places)},
    {"omarchy", "Omarchy", N_("let `omarchy-theme-set` make it"), omarchy_places,
     G_N_ELEMENTS(omarchy_places)},
};

static gssize find_desktop(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(desktops); i++) {
        if (strcmp(desktops[i].name, name) == 0)
            return (gssize)i;
    }
    return -1;
}

bool theme_is_dynamic(const char *name)
{
    return find_desktop(name) >= 0;
}

static char *path_of(const struct paths *paths, const struct place *place)
{
    const char *base = G_STRUCT_MEMBER(char *, paths, place->base);

    return g_build_filename(base, place->file, NULL);
}

/* For each role the names of colours that would do, the best first; terminals number theirs. Wide
 * use has it that 1 is red, 2 green, 3 yellow, 4 blue, 7 and 8 greys, and that 9 to 15 are brighter
 * ones; pywal keeps the places, but fills them from a picture. "mix" is halfway from yellow to red.
 */
static const struct {
    enum role role;
    const char *names[8];
} candidates[] = {
    {ROLE_OK, {"green", "color2", "bright_green", "color10", "color6", "color14"}},
    {ROLE_WARNING, {"yellow", "color3", "bright_yellow", "color11", "color5", "color13"}},
    {ROLE_CRITICAL, {"orange", "mix", "bright_red", "color9", "color1"}},
    {ROLE_EXHAUSTED, {"red", "color1", "bright_red", "color9", "color5", "color13"}},
    {ROLE_ERROR, {"red", "color1", "bright_red", "color9", "color5", "color13"}},
    {ROLE_STALE, {"white", "color7", "bright_white", "color15"}},
    {ROLE_DIM, {"muted", "bright_black", "color8", "white", "color7"}},
    {ROLE_ACCENT, {"accent", "blue", "color4", "bright_blue", "color12", "color6"}},
};

static const char *either(GHashTable *colors, const char *name, const char *other)
{
    const char *color = g_hash_table_lookup(colors, name);

    return color ? color : g_hash_table_lookup(colors, other);
}

static void add_mix(GHashTable *colors)
{
    const char *red = either(colors, "red", "color1");
    const char *yellow = either(colors, "yellow", "color3");

    if (red && yellow)
        g_hash_table_insert(colors, g_strdup("mix"), color_mix(red, yellow));
}

/* The first candidate that can be read on the background, else the foreground if that can, else
 * whichever can be read best. */
static const char *choose(GHashTable *colors, const char *const *names, const char *background,
                          const char *foreground)
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

static bool take_colors(struct theme *theme, GHashTable *colors)
{
    const char *background = g_hash_table_lookup(colors, "background");
    const char *foreground = g_hash_table_lookup(colors, "foreground");

    if (!background || !foreground)
        return false;
    add_mix(colors);
    for (gsize i = 0; i < G_N_ELEMENTS(candidates); i++)
        theme->colors[candidates[i].role] =
            g_strdup(choose(colors, candidates[i].names, background, foreground));
    theme->background = g_strdup(background);
    theme->text = g_strdup(foreground);
    theme->is_dark = color_is_dark(background);
    return true;
}

/* False without an error if there is no such file. */
static bool take_place(const struct paths *paths, const struct place *place, struct theme *theme,
                       GError **error)
{
    g_autoptr(GHashTable) colors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *path = path_of(paths, place);
    gsize length = 0;
    g_autofree char *text = theme_read_file(path, &length, error);

    if (!text)
        return false;
    place->read(text, length, colors);
    if (take_colors(theme, colors)) {
        theme->file = g_steal_pointer(&path);
        return true;
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("%s: has no colours \"background\" and \"foreground\""), path);
    return false;
}

bool theme_load_dynamic(const struct paths *paths, struct theme *theme, GError **error)
{
    gssize at = find_desktop(theme->name);
    g_autoptr(GError) first = NULL;

    theme->title = g_strdup(desktops[at].title);
    for (gsize i = 0; i < desktops[at].count; i++) {
        g_autoptr(GError) problem = NULL;
        if (take_place(paths, &desktops[at].places[i], theme, &problem))
            return true;
        if (problem && !first)
            first = g_steal_pointer(&problem);
    }
    if (first) {
        g_propagate_error(error, g_steal_pointer(&first));
    } else {
        g_autofree char *path = path_of(paths, &desktops[at].places[0]);
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s is not there; %s"), path,
                    _(desktops[at].remedy));
    }
    return false;
}

void theme_add_dynamic_files(const struct paths *paths, const char *name, GPtrArray *files)
{
    gssize at = find_desktop(name);

    for (gsize i = 0; i < desktops[at].count; i++) {
        char *path = path_of(paths, &desktops[at].places[i]);
        /* The folder of the colours may be a symbolic link that is turned to another one. */
        g_ptr_array_add(files, g_path_get_dirname(path));
        g_ptr_array_add(files, path);
    }
}
