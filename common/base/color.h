/* Colours "#RRGGBB" compared, as the Web Content Accessibility Guidelines 2.2 do it. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* From 1 (the same) to 21 (black on white); both must be valid. From 3 on large text and signs can
 * be made out. */
double color_contrast(const char *a, const char *b);

/* Whether white text is better to read on it than black text. */
bool color_is_dark(const char *color);

/* Red, green and blue, 0 to 255 each. */
void color_parts(const char *color, guint8 parts[3]);

/* The colour halfway between the two. The caller frees it. */
char *color_mix(const char *a, const char *b);
