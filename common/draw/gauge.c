#include "common/draw/gauge.h"

#include <math.h>

/* Only nothing is drawn as an empty gauge, and only all as a full one; a gauge of one cell is
 * rounded.
 */
static int gauge_count_full(double percent, int cells)
{
    double part = isnan(percent) ? 0 : CLAMP(percent, 0, 100) / 100;
    int full = (int)lround(part * cells);

    if (cells == 1)
        return full;
    if (percent >= 1)
        full = MAX(full, 1);
    return MIN(full, percent >= 100 ? cells : cells - 1);
}

/* Neither cell fills the height of its line, so that the gauges of neighbouring rows stay apart;
 * the two differ in shape, not only in colour. */
void gauge_draw(double percent, int cells, enum role role, struct canvas *canvas)
{
    int full = gauge_count_full(percent, cells);

    canvas_add_repeated(canvas, role, SPAN_MONOSPACE, "▆", (guint)full);
    canvas_add_repeated(canvas, ROLE_DIM, SPAN_MONOSPACE, "▁", (guint)(cells - full));
}
