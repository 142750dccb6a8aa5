/* "Did you mean …?": the known word that is most like a mistyped one. */
#pragma once

#include <glib.h>

/* Of `words`, an array of strings, the one that the word begins, as "weekly" begins "weekly_pct",
 * else the one that fewest insertions, deletions and changes of a byte make of it; NULL if that
 * would be more than a third of it. */
const char *nearest_word(const char *word, const GPtrArray *words);
