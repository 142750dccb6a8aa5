/* A percentage as a row of cells: "━━━━───". */
#pragma once

#include "common/draw/canvas.h"

#define GAUGE_CELLS     14 /* where nothing asks for another number */
#define GAUGE_MAX_CELLS 40

/* How gauges look. Each cell is one printable character. */
struct gauge_style {
    const char *full; /* NULL: a heavy line */
    const char *rest; /* NULL: the same, dim; where there are no colours, a light line */
    int cells;        /* 0: GAUGE_CELLS */
    bool is_colorless;
};

/* Draws full cells in the role and the others dim. NAN draws an empty gauge. */
void gauge_draw(double percent, struct gauge_style style, enum role role, struct canvas *canvas);
