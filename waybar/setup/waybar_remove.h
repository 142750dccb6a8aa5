/* Removes the module from Waybar's configuration. */
#pragma once

#include "waybar/setup/waybar_bars.h"

/* Removes what setup has added, but nothing that the user had before: a backup of the file tells,
 * or, where there is none, a definition that is just as setup writes it. An
 * included definition that another bar needs stays, and a note tells. */
void waybar_remove(struct setup_plan *plan, const struct waybar_bars *bars);
