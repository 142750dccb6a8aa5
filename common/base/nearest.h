/* "Did you mean …?": the known word that is most like a mistyped one. */
#pragma once

#include <glib.h>

/* Returns the element of `words`, an array of strings, that the word is the beginning of, as
 * "weekly" of "weekly_pct"; else the one that the fewest insertions, deletions and changes of a
 * byte make of it, at most a third of its length; else NULL. */
const char *nearest_word(const char *word, const GPtrArray *words);
