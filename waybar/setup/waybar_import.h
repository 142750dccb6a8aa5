/* Where a style sheet imports our own one, in whatever spelling. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define WAYBAR_RULES "usageline.css" /* our own style sheet, beside the one that imports it */

struct waybar_import {
    gsize begin, end;  /* offsets of the text, the semicolon included */
    bool is_removable; /* it is whole, and of the file beside the sheet */
};

/* Finds the first import from the offset `from` on that is not in a comment or a string; false if
 * there is none. */
bool waybar_import_find(const char *css, gsize from, struct waybar_import *found);

/* Whether the style sheet has such an import. */
bool waybar_imports(const char *css);
