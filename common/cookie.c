#include "common/cookie.h"

#include <string.h>

#define MIN_LENGTH 16

/* What tokens are made of: base64 of either alphabet, dots, percent escapes. */
#define VALUE "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=%"

gsize cookie_find(const char *text, const char *name, const char **value)
{
    gsize name_length = strlen(name);

    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name)) {
        const char *start = at + name_length + 1;
        gsize length;

        /* Not the end of another cookie's name. */
        if (at[name_length] != '=' || (at != text && !strchr(" \t\r\n;:'\"$", at[-1])))
            continue;
        start += strspn(start, "\"'");
        length = strspn(start, VALUE);
        if (length >= MIN_LENGTH) {
            *value = start;
            return length;
        }
    }
    return 0;
}
