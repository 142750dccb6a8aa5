#include "common/draw/gauge.h"

#include <math.h>

static void draw_cells(const char *cell, int count, enum role role, GPtrArray *spans)
{
    g_autoptr(GString) text = g_string_new(NULL);

    while (count-- > 0)
        g_string_append(text, cell);
    spans_add(spans, role, SPAN_MONOSPACE, text->str);
}

/* Something is never drawn as nothing, and less than all never as all; of one cell it is the half
 * that decides. */
static int full_cells(double percent, int cells)
{
    double part = isnan(percent) ? 0 : CLAMP(percent, 0, 100) / 100;
    int full = (int)lround(part * cells);

    if (cells == 1)
        return full;
    if (percent >= 1)
        full = MAX(full, 1);
    return MIN(full, percent >= 100 ? cells : cells - 1);
}

/* Full cells are coloured; the rest of the scale is dim. Neither fills the height of its line, so
 * that the gauges of neighbouring rows stay apart, and both can be told without colours. */
void gauge_draw(double percent, int cells, enum role role, GPtrArray *spans)
{
    int full = full_cells(percent, cells);

    draw_cells("▆", full, role, spans);
    draw_cells("▁", cells - full, ROLE_DIM, spans);
}
