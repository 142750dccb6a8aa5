#include "common/config/theme.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/text.h"
#include "common/config/theme_internal.h"

#include <string.h>

#define MAX_BYTES  (64 * 1024)
#define MAX_TITLE  64 /* characters */
#define EXTENSION  ".json"
#define BACKGROUND "#1a1b26" /* of the built-in palette, which is Tokyo Night's */
#define TEXT       "#c0caf5"

static const char built_in_title[] = N_("the built-in colours");

void theme_free(struct theme *theme)
{
    if (!theme)
        return;
    g_free(theme->name);
    g_free(theme->title);
    g_free(theme->file);
    g_free(theme->background);
    g_free(theme->text);
    for (int role = 0; role < ROLE_COUNT; role++)
        g_free(theme->colors[role]);
    g_free(theme);
}

char *theme_read_file(const char *path, gsize *length, GError **error)
{
    GError *problem = NULL;
    char *text = file_read(path, MAX_BYTES, length, &problem);

    if (problem) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_CONFIG, problem->message);
        g_error_free(problem);
    }
    return text;
}

const char *theme_title(const struct theme *theme)
{
    return strcmp(theme->name, THEME_DEFAULT) == 0 ? _(built_in_title) : theme->title;
}

static void theme_fill_default(struct theme *theme)
{
    theme->title = g_strdup(built_in_title);
    theme->is_dark = true;
    theme->background = g_strdup(BACKGROUND);
    theme->text = g_strdup(TEXT);
    for (int role = 0; role < ROLE_COUNT; role++)
        theme->colors[role] = g_strdup(palette_default.colors[role]);
}

static bool theme_refuse(const char *file, const struct json *at, GError **error, const char *what)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, "%s:%u: %s", file, MAX(json_line(at), 1),
                what);
    return false;
}

static bool theme_read_color(const struct json *holder, const char *key, const char *file,
                             char **color, GError **error)
{
    const struct json *value = json_get(holder, key);
    const char *text = json_string(value);
    g_autofree char *what = NULL;

    if (text && color_is_valid(text)) {
        *color = g_strdup(text);
        return true;
    }
    what = g_strdup_printf(_("\"%s\" must be a colour such as \"#e0af68\""), key);
    return theme_refuse(file, value ? value : holder, error, what);
}

static bool theme_read_appearance(const struct json *json, const char *file, bool *is_dark,
                                  GError **error)
{
    const struct json *value = json_get(json, "appearance");
    const char *text = json_string(value);

    *is_dark = g_strcmp0(text, "dark") == 0;
    if (*is_dark || g_strcmp0(text, "light") == 0)
        return true;
    return theme_refuse(file, value ? value : json, error,
                        _("\"appearance\" must be \"dark\" or \"light\""));
}

static bool theme_read_json(struct theme *theme, const struct json *json, GError **error)
{
    const struct json *colors = json_get(json, "colors");
    const char *title = json_string(json_get(json, "name"));

    if (json_type(json) != JSON_OBJECT)
        return theme_refuse(theme->file, json, error, _("a theme must be an object: { … }"));
    if (!theme_read_appearance(json, theme->file, &theme->is_dark, error) ||
        !theme_read_color(json, "background", theme->file, &theme->background, error) ||
        !theme_read_color(json, "text", theme->file, &theme->text, error))
        return false;
    if (json_type(colors) != JSON_OBJECT)
        return theme_refuse(theme->file, colors ? colors : json, error,
                            _("\"colors\" must be an object"));
    for (enum role role = ROLE_NORMAL + 1; role < ROLE_COUNT; role++) {
        if (!theme_read_color(colors, role_name(role), theme->file, &theme->colors[role], error))
            return false;
    }
    theme->title = text_clean_line(title ? title : theme->name, MAX_TITLE);
    return true;
}

static bool theme_parse(struct theme *theme, const char *text, gsize length, GError **error)
{
    GError *problem = NULL;
    autoptr(json) json = json_parse(text, length, JSON_COMMENTS, &problem);

    if (json)
        return theme_read_json(theme, json, error);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, "%s: %s", theme->file, problem->message);
    g_error_free(problem);
    return false;
}

/* False without an error if there is no such file. Takes ownership of the path. */
static bool theme_load_file(struct theme *theme, char *path, GError **error)
{
    gsize length = 0;
    g_autofree char *text = theme_read_file(path, &length, error);

    g_free(theme->file);
    theme->file = path;
    return text && theme_parse(theme, text, length, error);
}

static bool theme_is_path(const char *name)
{
    return name[0] == '/' || g_str_has_prefix(name, "~/");
}

static char *theme_expand_path(const struct paths *paths, const char *name)
{
    return name[0] == '/' ? g_strdup(name) : g_build_filename(paths->home, name + 2, NULL);
}

/* A name must not lead out of the folders of themes, or to a hidden file. */
static bool theme_is_set_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && !strchr(name, '/') && strlen(name) <= MAX_TITLE;
}

static char *theme_build_path(const char *folder, const char *name)
{
    g_autofree char *file = g_strconcat(name, EXTENSION, NULL);

    return g_build_filename(folder, file, NULL);
}

static bool theme_load_set(const struct paths *paths, struct theme *theme, GError **error)
{
    GError *problem = NULL;

    for (char **folder = paths->theme_folders; theme_is_set_name(theme->name) && *folder;
         folder++) {
        if (theme_load_file(theme, theme_build_path(*folder, theme->name), &problem))
            return true;
        if (problem) {
            g_propagate_error(error, problem);
            return false;
        }
    }
    return false;
}

static bool theme_fill(const struct paths *paths, struct theme *theme, GError **error)
{
    if (strcmp(theme->name, THEME_DEFAULT) == 0) {
        theme_fill_default(theme);
        return true;
    }
    if (theme_is_dynamic(theme->name))
        return theme_load_dynamic(paths, theme, error);
    if (theme_is_path(theme->name))
        return theme_load_file(theme, theme_expand_path(paths, theme->name), error);
    return theme_load_set(paths, theme, error);
}

static void theme_set_unknown(const struct paths *paths, const char *name, GError **error)
{
    g_autofree char *shown = text_clean_line(name, MAX_TITLE);
    g_autoptr(GPtrArray) names = theme_names(paths);
    const char *nearest;

    if (theme_is_path(name)) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("there is no file %s"), shown);
        return;
    }
    g_ptr_array_add(names, g_strdup(THEME_DEFAULT));
    g_ptr_array_add(names, g_strdup("pywal"));
    g_ptr_array_add(names, g_strdup("omarchy"));
    nearest = text_nearest(name, names);
    if (nearest)
        g_set_error(
            error, USAGE_ERROR, USAGE_ERROR_CONFIG,
            _("there is no theme \"%s\"; did you mean \"%s\"? `usageline theme list` shows all"),
            shown, nearest);
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("there is no theme \"%s\"; `usageline theme list` shows all"), shown);
}

struct theme *theme_load(const struct paths *paths, const char *name, GError **error)
{
    struct theme *theme = g_new0(struct theme, 1);
    GError *problem = NULL;

    theme->name = g_strdup(name);
    if (theme_fill(paths, theme, &problem))
        return theme;
    theme_free(theme);
    if (problem)
        g_propagate_error(error, problem);
    else
        theme_set_unknown(paths, name, error);
    return NULL;
}

/* theme_load() looks for no file of such a name. */
static bool theme_is_reserved(const char *name)
{
    return strcmp(name, THEME_DEFAULT) == 0 || theme_is_dynamic(name);
}

static void theme_add_set_names(const char *folder, GPtrArray *names)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *file;

    while (dir && (file = g_dir_read_name(dir))) {
        if (!g_str_has_suffix(file, EXTENSION))
            continue;
        g_autofree char *name = g_strndup(file, strlen(file) - strlen(EXTENSION));
        if (theme_is_set_name(name) && !theme_is_reserved(name) &&
            g_utf8_validate(name, -1, NULL) &&
            !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
            g_ptr_array_add(names, g_steal_pointer(&name));
    }
}

GPtrArray *theme_names(const struct paths *paths)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

    for (char **folder = paths->theme_folders; *folder; folder++)
        theme_add_set_names(*folder, names);
    g_ptr_array_sort(names, text_compare);
    return names;
}

void theme_add_files(const struct paths *paths, const char *name, GPtrArray *files)
{
    if (theme_is_dynamic(name)) {
        theme_add_dynamic_files(paths, name, files);
    } else if (theme_is_path(name)) {
        g_ptr_array_add(files, theme_expand_path(paths, name));
    } else if (strcmp(name, THEME_DEFAULT) != 0 && theme_is_set_name(name)) {
        for (char **folder = paths->theme_folders; *folder; folder++)
            g_ptr_array_add(files, theme_build_path(*folder, name));
    }
}
