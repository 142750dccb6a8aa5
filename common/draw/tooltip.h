/* The default tooltip: a row for each window, the balances, the age of all this, and what to do
 * about an error. `usageline usage` prints the same in a terminal. */
#pragma once

#include "common/draw/view.h"

void tooltip_draw(const struct view *view, struct canvas *canvas);
