/* What the files of the tooltip share. */
#pragma once

#include "common/draw/tooltip.h"

/* The columns that a line may have. Waybar's tooltip breaks lines at about 70 average characters of
 * the bar's font, which is narrower than the font of the columns: so many of them fit with any
 * usual font. */
#define TOOLTIP_WIDTH 46

/* The same, or less in a narrow terminal. */
guint tooltip_width(const struct view *view);

/* A little space, where there is a size of text for it. */
void tooltip_draw_gap(const struct view *view, struct canvas *canvas);

/* A row for each limit with its gauge, and below it when it resets and what to know of it. */
void tooltip_draw_limits(const struct view *view, struct canvas *canvas);
