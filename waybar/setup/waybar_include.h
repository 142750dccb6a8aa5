/* The files that Waybar reads for an "include" (waybar(5)). */
#pragma once

#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

struct waybar_included {
    char *path;
    bool has_copies; /* the pattern would find a backup of it too (see backup.h) */
};

/* The files that Waybar finds by this name, in the order in which it reads them: an array of struct
 * waybar_included, which frees them. Waybar expands the name as a shell does, with patterns, and
 * looks for a relative one where it was started, usually the home folder, and from 0.14 on in the
 * folders of its configuration. Of several files that match a pattern, Waybar before 0.12, and
 * 0.14, read the first alone.
 *
 * Empty if there are none, or if the name asks for more than variables and patterns: then Waybar
 * may find some. `environment` is that of the bar (see place.h). Entries of folders that are looked
 * through are spent of the plan. */
GPtrArray *waybar_include_find(struct setup_plan *plan, char **environment, const char *name);
