/* The colours of the module: a style sheet of our own beside Waybar's, which imports it. */
#pragma once

#include "common/setup/bar_setup.h"

/* Plans to make our style sheet for the theme of the request, if it has one, and to import it.
 * False and an error if a file can't be read. */
bool waybar_style_add(struct setup_plan *plan, const struct setup_request *request, GError **error);

/* Plans to remove the import, and our style sheet unless it has been changed. */
bool waybar_style_remove(struct setup_plan *plan, const struct setup_request *request,
                         GError **error);
