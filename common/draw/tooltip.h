/* The default tooltip: a row per window in columns, the balance, how old it is, what is wrong and
 * what to do. `usageline usage` prints the same in a terminal. */
#pragma once

#include "common/draw/view.h"

/* `in_columns`: with a gauge and everything in columns, which takes a fixed-width font. */
void tooltip_draw(const struct view *view, bool in_columns, struct canvas *canvas);
