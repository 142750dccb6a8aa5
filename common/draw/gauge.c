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

/* Lines meet without a seam, and in the middle of the row, in every font tried. */
void gauge_draw(double percent, struct gauge_style style, enum role role, struct canvas *canvas)
{
    int cells = style.cells > 0 ? style.cells : GAUGE_CELLS;
    int full = gauge_count_full(percent, cells);
    const char *rest = style.is_colorless ? "─" : "━";

    canvas_add_repeated(canvas, role, SPAN_MONOSPACE, style.full ? style.full : "━", (guint)full);
    canvas_add_repeated(canvas, ROLE_DIM, SPAN_MONOSPACE, style.rest ? style.rest : rest,
                        (guint)(cells - full));
}
