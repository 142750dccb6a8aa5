/* What edits change in a text, as `diff -u` shows it. */
#pragma once

#include <glib.h>

/* A unified diff with three lines of context, headed by the two names; "" if nothing changes.
 * `edits` are of the text (edit.h). The caller frees it. */
char *diff_unified(const char *old_name, const char *new_name, const char *text,
                   const GArray *edits);
