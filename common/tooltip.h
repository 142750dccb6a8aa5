/* The default tooltip: a row per window in columns, the balance, how old it is, what is wrong and
 * what to do. `usageline usage` prints the same in a terminal. */
#pragma once

#include "common/view.h"

void tooltip_draw(const struct view *view, GPtrArray *spans);
