/* The default tooltip: a row per window, the balances, how old all this is, what is wrong and what
 * to do. `usageline usage` prints the same in a terminal. */
#pragma once

#include "common/draw/view.h"

void tooltip_draw(const struct view *view, struct canvas *canvas);
