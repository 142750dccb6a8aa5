/* How the configuration of i3blocks gets the block [usageline] (i3blocks(1)). */
#pragma once

#include "common/setup/bar_setup.h"

extern const struct bar_setup i3blocks_setup;
