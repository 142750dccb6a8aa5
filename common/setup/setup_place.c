#include "common/setup/setup.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"

#include <string.h>
#include <unistd.h>

/* The files of one place, best first; only $XDG_CONFIG_DIRS and its like give more than one. */
static char **expand(const struct setup_place *place)
{
    const char *value = place->variable ? g_getenv(place->variable) : NULL;
    g_autofree char *home = paths_home();
    g_autofree char *otherwise = NULL;
    char **folders;

    if (place->otherwise && place->otherwise[0] == '~')
        otherwise = g_strconcat(home, place->otherwise + 1, NULL);
    else
        otherwise = g_strdup(place->otherwise);
    if (!value || !g_path_is_absolute(value))
        value = otherwise;
    folders = g_strsplit(value ? value : "", ":", -1);
    for (char **folder = folders; *folder; folder++) {
        char *path = g_build_filename(*folder, place->file, NULL);

        g_free(*folder);
        *folder = path;
    }
    return folders;
}

/* The first file that is there; NULL if none is. */
static char *find(const struct setup_place *places, const struct setup_place **found)
{
    for (const struct setup_place *place = places; place->file; place++) {
        g_auto(GStrv) paths = expand(place);

        for (char **path = paths; *path; path++) {
            if (access(*path, F_OK) < 0)
                continue;
            *found = place;
            return g_strdup(*path);
        }
    }
    return NULL;
}

/* The first user's file of this name; of any name if that is NULL. */
static char *find_user_place(const struct setup_place *places, const char *name)
{
    for (const struct setup_place *place = places; place->file; place++) {
        const char *slash = strrchr(place->file, '/');
        g_auto(GStrv) paths = expand(place);

        if (!place->is_system && paths[0] &&
            (!name || strcmp(slash ? slash + 1 : place->file, name) == 0))
            return g_strdup(paths[0]);
    }
    return NULL;
}

char *setup_place_of_user(const struct setup_place *places, const char *original)
{
    g_autofree char *name = original ? g_path_get_basename(original) : NULL;
    char *path = find_user_place(places, name);

    return path ? path : find_user_place(places, NULL);
}

bool setup_place_is_used(const struct setup_place *places)
{
    const struct setup_place *place;
    g_autofree char *path = find(places, &place);

    return path != NULL;
}

/* The system's file that would be read if the user had none. */
static char *find_original(const struct setup_place *places)
{
    const struct setup_place *place = places, *found;

    while (place->file && !place->is_system)
        place++;
    return find(place, &found);
}

struct setup_file *setup_plan_find(struct setup_plan *plan, const struct setup_place *places,
                                   GError **error)
{
    const struct setup_place *place = NULL;
    g_autofree char *path = find(places, &place);
    struct setup_file *file;

    if (!path)
        return NULL;
    if (place->is_system) {
        g_autofree char *target = setup_place_of_user(places, path);
        return setup_plan_add(plan, target, path, error);
    }
    file = setup_plan_read(plan, path, error);
    if (file && !file->original)
        file->original = find_original(places);
    return file;
}

struct setup_file *setup_plan_open(struct setup_plan *plan, const char *named,
                                   const struct setup_place *places, const char *bar,
                                   GError **error)
{
    GError *problem = NULL;
    struct setup_file *file =
        named ? setup_plan_read(plan, named, &problem) : setup_plan_find(plan, places, &problem);

    if (problem)
        g_propagate_error(error, problem);
    else if (!file)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: there is no configuration"),
                    named ? named : bar);
    return file;
}
