/* The files beside a bar's own, which other bars may use. Only so many are looked at, as a folder
 * may be the home folder. */
#pragma once

#include "waybar/setup/waybar_bars.h"

/* The style sheets in the folder, and in those where links among them lead, without ours: an array
 * of paths, which frees them. */
GPtrArray *waybar_beside_sheets(const char *folder);

/* The copies in the folder of style sheets that are not there any more: likewise. */
GPtrArray *waybar_beside_lone_copies(const char *folder);

/* Whether this configuration is none of the bar's own files and has our module; with
 * `needs_definition` one that has none for it and so includes one. */
bool waybar_beside_is_user(struct setup_plan *plan, const struct waybar_bars *bars,
                           const char *path, bool needs_definition);

/* Such a configuration in the folder of `path`. NULL if there is none; the caller frees it. */
char *waybar_beside_find_user(struct setup_plan *plan, const struct waybar_bars *bars,
                              const char *path, bool needs_definition);
