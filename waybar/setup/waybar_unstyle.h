/* Removes the colours of the module: our style sheet and the imports of it. */
#pragma once

#include "common/setup/bar_setup.h"
#include "waybar/setup/waybar_bars.h"

/* Plans to remove the imports, and our style sheet unless it has been changed or is still needed:
 * GTK refuses a style sheet whose import is not there, and Waybar ends. False and an error if the
 * bar's style sheet can't be read. Call it when the edits of the configuration are planned. */
bool waybar_unstyle(struct setup_plan *plan, const struct waybar_bars *bars,
                    const struct setup_request *request, GError **error);
