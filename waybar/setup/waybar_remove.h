/* Takes the module out of Waybar's configuration again. */
#pragma once

#include "waybar/setup/waybar_bars.h"

/* Removes what setup has added, and nothing that the user had before: a copy of the file tells, or,
 * where there is none, that the definition is as setup writes it. */
void waybar_remove(const struct bars *bars);
