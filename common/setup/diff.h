/* What differs between two texts, as `diff -u` tells it. */
#pragma once

#include <glib.h>

/* A unified diff with three lines of context; "" if the texts are equal. `old_name` and `new_name`
 * stand in its first two lines. The caller frees it. */
char *diff_unified(const char *old_name, const char *new_name, const char *before,
                   const char *after);
