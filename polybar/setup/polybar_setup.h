/* How Polybar's configuration gets the module "usageline" (polybar(5)). */
#pragma once

#include "common/setup/bar_setup.h"

extern const struct bar_setup polybar_setup;
