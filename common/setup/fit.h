/* An undo knows what it removes, but not which of the blank lines around it were there before. */
#pragma once

#include <glib.h>

/* The edits, which only remove, with their ends moved over white space so that what stays around
 * each is as it was in `before`, wherever else the two texts may differ. Where somebody has changed
 * that white space since, an edit stays as it is. */
GArray *setup_edits_fit(const GArray *edits, const char *text, const char *before);
