/* Colours such as "#1a2b3c", all of them valid, compared as in the Web Content Accessibility
 * Guidelines 2.2. */
#pragma once

#include <stdbool.h>

/* From 1 (the same) to 21 (black on white). Text needs 4.5, large text and symbols 3. */
double color_contrast(const char *a, const char *b);

/* Whether white text is easier to read on it than black text. */
bool color_is_dark(const char *color);

/* Returns the colour, made lighter on a dark background, or darker on a light one, until it has
 * this contrast, of at most 4.5, with it. The caller frees it. */
char *color_make_readable(const char *color, const char *background, double contrast);

/* Returns the colour halfway between the two, which the caller frees. */
char *color_mix(const char *a, const char *b);
