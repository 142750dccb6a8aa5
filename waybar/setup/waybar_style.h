/* The colours of the module: a file of our own beside Waybar's style sheet, which imports it. */
#pragma once

#include "common/setup/bar_setup.h"

bool waybar_style_add(struct setup_plan *plan, const struct setup_request *request, GError **error);

/* `config` is the configuration that the user has named, or NULL: where Waybar looks. */
bool waybar_style_remove(struct setup_plan *plan, const char *config, GError **error);
