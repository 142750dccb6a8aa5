/* A percentage as a row of cells: "▆▆▆▁▁▁▁▁▁▁". */
#pragma once

#include "common/draw/canvas.h"

#define GAUGE_CELLS     10 /* where nothing asks for another number */
#define GAUGE_MAX_CELLS 40

/* Draws full cells in the role and the others dim. NAN draws an empty gauge. */
void gauge_draw(double percent, int cells, enum role role, struct canvas *canvas);
