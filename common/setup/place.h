/* Where a bar looks for its configuration, as a table of the bar: what it reads there, where the
 * user's own file belongs, and which of the files mentions usageline. */
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

/* Reads the first file that exists into the plan. A system's file becomes a new file at the user's
 * place. NULL without an error if there is none. */
struct setup_file *setup_places_read(struct setup_plan *plan, const struct setup_place *places,
                                     GError **error);

/* Reads the file `named` by the user, or, if that is NULL, what the bar of this name reads at these
 * places. NULL and an error of kind config if there is none. */
struct setup_file *setup_places_open(struct setup_plan *plan, const char *named,
                                     const struct setup_place *places, const char *bar,
                                     GError **error);

/* The place of the user's own file, the one with the name of `original` (NULL: any) first; the
 * caller frees it. */
char *setup_user_place(const struct setup_place *places, const char *original);

/* Whether a bar would read something at these places. */
bool setup_places_are_used(const struct setup_place *places);

/* The first file that mentions usageline: `named` (NULL: none), then the files at these places with
 * all others in a folder that is called like the bar. NULL if there is none; the caller frees it.
 */
char *setup_places_find_mention(const struct setup_place *places, const char *bar,
                                const char *named);
