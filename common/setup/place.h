/* Where a bar looks for its configuration, as a table of the bar: what it reads there, and where
 * the user's own file belongs. `environment` is that of the bar's process; NULL: our own. */
#pragma once

#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

/* A file where a bar looks: below the folder that the variable names, or below `fallback` ("~" is
 * the home folder) if there is no variable or it is not set. A table of them, best first, ends with
 * {0}:
 *
 *     {"XDG_CONFIG_HOME", "~/.config", "bar/config", false},
 *     {NULL, "/etc", "bar.conf", true},
 */
struct setup_place {
    const char *variable; /* NULL: none; may name several folders, as $XDG_CONFIG_DIRS does */
    const char *fallback; /* NULL: the place exists only if the variable is set */
    const char *file;
    bool is_system; /* the distribution's: never changed, but copied to the user's place */
};

/* The first file that exists, and whether it is the system's; NULL if none does. The caller frees
 * it. */
char *setup_places_find(const struct setup_place *places, char **environment, bool *is_system);

/* The variable's value in the bar's environment (NULL: in our own), or NULL. */
const char *setup_getenv(char **environment, const char *variable);

/* Reads the first file that exists into the plan. A system's file becomes a new file at the user's
 * place. NULL without an error if there is none. */
struct setup_file *setup_places_read(struct setup_plan *plan, const struct setup_place *places,
                                     char **environment, GError **error);

/* Reads the file `named` by the user, or, if that is NULL, what the bar of this name reads at these
 * places. NULL and an error of kind config if there is none. */
struct setup_file *setup_places_open(struct setup_plan *plan, const char *named,
                                     const struct setup_place *places, char **environment,
                                     const char *bar, GError **error);

/* The place of the user's own file, the one with the name of `original` (NULL: any) first; the
 * caller frees it. */
char *setup_user_place(const struct setup_place *places, char **environment, const char *original);
