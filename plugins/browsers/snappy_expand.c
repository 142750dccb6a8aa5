/* snappy_expand with libsnappy. */
#include "plugins/browsers/item_value.h"

#include <snappy-c.h>
#include <string.h>

const char *const snappy_missing = NULL;

char *snappy_expand(const void *data, gsize length, gsize *expanded, enum item_fault *fault)
{
    char *text;

    *fault = ITEM_OTHER_FORM;
    if (!data || snappy_uncompressed_length(data, length, expanded) != SNAPPY_OK)
        return NULL;
    if (*expanded > SESSION_MAX_VALUE) {
        *fault = ITEM_TOO_LARGE;
        return NULL;
    }
    gsize size = *expanded + 1; /* never nothing */
    text = g_malloc0(size);
    if (snappy_uncompress(data, length, text, expanded) == SNAPPY_OK)
        return text;
    explicit_bzero(text, size);
    g_free(text);
    return NULL;
}
