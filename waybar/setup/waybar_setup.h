/* How Waybar's configuration gets the module "custom/usageline" (waybar(5)), and its style sheet
 * the rules for it. */
#pragma once

#include "common/setup/bar_setup.h"

extern const struct bar_setup waybar_setup;
