#include "common/setup/place.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"

#include <string.h>
#include <unistd.h>

const char *setup_getenv(char **environment, const char *variable)
{
    return environment ? g_environ_getenv(environment, variable) : g_getenv(variable);
}

/* The files of one place, best first; more than one only if its variable names several folders. */
static char **place_expand(const struct setup_place *place, char **environment)
{
    const char *value = place->variable ? setup_getenv(environment, place->variable) : NULL;
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
static char *place_find(const struct setup_place *places, char **environment,
                        const struct setup_place **found)
{
    for (const struct setup_place *place = places; place->file; place++) {
        g_auto(GStrv) paths = place_expand(place, environment);

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
static char *place_find_user(const struct setup_place *places, char **environment, const char *name)
{
    for (const struct setup_place *place = places; place->file; place++) {
        g_autofree char *place_name = g_path_get_basename(place->file);
        g_auto(GStrv) paths = place_expand(place, environment);

        if (!place->is_system && paths[0] && (!name || strcmp(place_name, name) == 0))
            return g_strdup(paths[0]);
    }
    return NULL;
}

char *setup_user_place(const struct setup_place *places, char **environment, const char *original)
{
    g_autofree char *name = original ? g_path_get_basename(original) : NULL;
    char *path = place_find_user(places, environment, name);

    return path ? path : place_find_user(places, environment, NULL);
}

char *setup_places_find(const struct setup_place *places, char **environment, bool *is_system)
{
    const struct setup_place *place;
    char *path = place_find(places, environment, &place);

    *is_system = path && place->is_system;
    return path;
}

struct setup_file *setup_places_read(struct setup_plan *plan, const struct setup_place *places,
                                     char **environment, GError **error)
{
    const struct setup_place *place = NULL;
    g_autofree char *path = place_find(places, environment, &place);

    if (!path)
        return NULL;
    if (place->is_system) {
        g_autofree char *target = setup_user_place(places, environment, path);
        return setup_plan_add(plan, target, path, error);
    }
    return setup_plan_read(plan, path, error);
}

struct setup_file *setup_places_open(struct setup_plan *plan, const char *named,
                                     const struct setup_place *places, char **environment,
                                     const char *bar, GError **error)
{
    GError *problem = NULL;
    struct setup_file *file = named ? setup_plan_read(plan, named, &problem)
                                    : setup_places_read(plan, places, environment, &problem);

    if (problem)
        g_propagate_error(error, problem);
    else if (!file)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: there is no configuration"),
                    named ? named : bar);
    return file;
}
