#include "common/setup/place.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"
#include "common/setup/backup.h"

#include <string.h>
#include <unistd.h>

#define MAX_FILE  (1024 * 1024) /* bytes */
#define MAX_FILES 500           /* of one bar; a folder of themes may be large */
#define MAX_DEPTH 3             /* of folders within folders */

/* The files of one place, best first; more than one only if its variable names several folders. */
static char **place_expand(const struct setup_place *place)
{
    const char *value = place->variable ? g_getenv(place->variable) : NULL;
    g_autofree char *home = paths_home();
    g_autofree char *fallback = NULL;
    char **folders;

    if (place->fallback && place->fallback[0] == '~')
        fallback = g_strconcat(home, place->fallback + 1, NULL);
    else
        fallback = g_strdup(place->fallback);
    if (!value || !g_path_is_absolute(value))
        value = fallback;
    folders = g_strsplit(value ? value : "", ":", -1);
    for (char **folder = folders; *folder; folder++) {
        char *path = g_build_filename(*folder, place->file, NULL);

        g_free(*folder);
        *folder = path;
    }
    return folders;
}

/* The first file that exists, and its place; NULL if none does. */
static char *place_find(const struct setup_place *places, const struct setup_place **found)
{
    for (const struct setup_place *place = places; place->file; place++) {
        g_auto(GStrv) paths = place_expand(place);

        for (char **path = paths; *path; path++) {
            if (access(*path, F_OK) < 0)
                continue;
            *found = place;
            return g_strdup(*path);
        }
    }
    return NULL;
}

/* The user's first file of this name; of any name if that is NULL. */
static char *place_find_user(const struct setup_place *places, const char *name)
{
    for (const struct setup_place *place = places; place->file; place++) {
        g_autofree char *place_name = g_path_get_basename(place->file);
        g_auto(GStrv) paths = place_expand(place);

        if (!place->is_system && paths[0] && (!name || strcmp(place_name, name) == 0))
            return g_strdup(paths[0]);
    }
    return NULL;
}

char *setup_user_place(const struct setup_place *places, const char *original)
{
    g_autofree char *name = original ? g_path_get_basename(original) : NULL;
    char *path = place_find_user(places, name);

    return path ? path : place_find_user(places, NULL);
}

bool setup_places_are_used(const struct setup_place *places)
{
    const struct setup_place *place;
    g_autofree char *path = place_find(places, &place);

    return path != NULL;
}

struct setup_file *setup_places_read(struct setup_plan *plan, const struct setup_place *places,
                                     GError **error)
{
    const struct setup_place *place = NULL;
    g_autofree char *path = place_find(places, &place);

    if (!path)
        return NULL;
    if (place->is_system) {
        g_autofree char *target = setup_user_place(places, path);
        return setup_plan_add(plan, target, path, error);
    }
    return setup_plan_read(plan, path, error);
}

struct setup_file *setup_places_open(struct setup_plan *plan, const char *named,
                                     const struct setup_place *places, const char *bar,
                                     GError **error)
{
    GError *problem = NULL;
    struct setup_file *file =
        named ? setup_plan_read(plan, named, &problem) : setup_places_read(plan, places, &problem);

    if (problem)
        g_propagate_error(error, problem);
    else if (!file)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: there is no configuration"),
                    named ? named : bar);
    return file;
}

/* The first file at or below `path` that mentions usageline, or NULL; copies that setup keeps do
 * not count. At most `left` more files are read. */
static char *place_find_mention(const char *path, int depth, int *left)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    if (!dir) {
        gsize length = 0;
        g_autofree char *text = (*left)-- > 0 ? file_read(path, MAX_FILE, &length, NULL) : NULL;
        return text && strstr(text, "usageline") ? g_strdup(path) : NULL;
    }
    while (depth<MAX_DEPTH && * left> 0 && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        char *found =
            strstr(name, SETUP_COPY_MARK) ? NULL : place_find_mention(inner, depth + 1, left);
        if (found)
            return found;
    }
    return NULL;
}

/* The folder of a file if it is the bar's own, else the file itself. */
static char *place_widen(const char *path, const char *bar)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(folder);

    return g_strdup(strcmp(name, bar) == 0 ? folder : path);
}

char *setup_places_find_mention(const struct setup_place *places, const char *bar,
                                const char *named)
{
    int left = MAX_FILES;
    char *found = named ? place_find_mention(named, 0, &left) : NULL;
    g_autofree char *last = NULL;

    for (const struct setup_place *place = places; !found && place->file; place++) {
        g_auto(GStrv) paths = place_expand(place);

        for (char **path = paths; !found && *path; path++) {
            char *where = place_widen(*path, bar);

            /* The files of one folder follow each other in the table. */
            if (g_strcmp0(where, last) != 0)
                found = place_find_mention(where, 0, &left);
            g_free(last);
            last = where;
        }
    }
    return found;
}
