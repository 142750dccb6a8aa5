#include "common/base/nearest.h"

#include <string.h>

#define MAX_BYTES 64 /* a mistyped word is not longer */

/* The Levenshtein distance of words of at most MAX_BYTES. */
static guint nearest_distance(const char *a, const char *b)
{
    guint row[MAX_BYTES + 1];
    gsize length = strlen(b);

    for (guint k = 0; k <= length; k++)
        row[k] = k;
    for (guint i = 0; a[i] != '\0'; i++) {
        guint diagonal = row[0];

        row[0] = i + 1;
        for (guint k = 0; k < length; k++) {
            guint change = diagonal + (a[i] == b[k] ? 0 : 1);

            diagonal = row[k + 1];
            row[k + 1] = MIN(change, MIN(row[k], row[k + 1]) + 1);
        }
    }
    return row[length];
}

static gboolean nearest_is_begin_of(const char *word, const char *with)
{
    gsize length = strlen(with);

    return length > 0 && strncmp(word, with, length) == 0 &&
           (word[length] == '_' || with[length - 1] == '_');
}

const char *nearest_word(const char *word, const GPtrArray *words)
{
    const char *nearest = NULL;
    guint least = (guint)(strlen(word) / 3) + 1; /* distance that is too far */

    if (strlen(word) > MAX_BYTES)
        return NULL;
    for (guint i = 0; i < words->len; i++) {
        const char *one = words->pdata[i];

        if (nearest_is_begin_of(one, word))
            return one;
        if (strlen(one) > MAX_BYTES || nearest_distance(word, one) >= least)
            continue;
        least = nearest_distance(word, one);
        nearest = one;
    }
    return nearest;
}
