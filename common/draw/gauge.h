/* A percentage as a row of cells: "▆▆▆▁▁▁▁▁▁▁". */
#pragma once

#include "common/draw/span.h"

#define GAUGE_CELLS     10 /* unless told otherwise */
#define GAUGE_MAX_CELLS 40

/* NAN draws an empty one. */
void gauge_draw(double percent, int cells, enum role role, GPtrArray *spans);
