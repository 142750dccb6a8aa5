/* Colours such as "#1a2b3c", all of them valid, compared as in the Web Content Accessibility
 * Guidelines 2.2. */
#pragma once

#include <stdbool.h>

/* From 1 (the same) to 21 (black on white). Large text and symbols need 3. */
double color_contrast(const char *a, const char *b);

/* Whether white text is easier to read on it than black text. */
bool color_is_dark(const char *color);

/* Returns the colour halfway between the two, which the caller frees. */
char *color_mix(const char *a, const char *b);
