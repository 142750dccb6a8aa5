#include "common/config/pasted.h"

#include <stdbool.h>
#include <string.h>

#define MIN_LENGTH 16  /* of a cookie's value that is no JWT */
#define MAX_PLACES 256 /* places with a name that are looked at in one text */

#define ALNUM     "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
#define BASE64URL ALNUM "-_"
#define SPACE     " \t\r\n"

/* What tokens are made of: base64 of either alphabet, dots, percent escapes. */
#define VALUE BASE64URL ".~+/=%"

/* What may be between a name and its value: "=", ": ", a tab, and quotes, perhaps with backslashes.
 */
#define BETWEEN SPACE "=:\"'\\"

/* The length of the JWT that begins here: three parts of base64url; 0 if none does. */
static gsize pasted_jwt_length(const char *text)
{
    gsize length = 0;

    if (!g_str_has_prefix(text, "eyJ"))
        return 0;
    for (int part = 0; part < 3; part++) {
        gsize part_length = strspn(text + length, BASE64URL);
        if (part_length == 0)
            return 0;
        length += part_length;
        if (part < 2 && text[length++] != '.')
            return 0;
    }
    return text[length] == '.' ? 0 : length;
}

/* The JWT behind what separates it from its name. */
static gsize pasted_find_behind(const char *text, const char **value)
{
    *value = text + strspn(text, BETWEEN);
    return pasted_jwt_length(*value);
}

/* The value of a cookie in a header, of any form. */
static gsize pasted_find_assigned(const char *text, const char **value)
{
    gsize length;

    if (*text != '=')
        return 0;
    *value = text + 1 + strspn(text + 1, "\"'");
    length = strspn(*value, VALUE);
    return length >= MIN_LENGTH ? length : 0;
}

/* The brace that opens the object around `at`; the text's begin if there is none. */
static const char *pasted_find_object(const char *text, const char *at)
{
    int closed = 0;

    for (; at > text && (*at != '{' || closed > 0); at--) {
        if (*at == '}')
            closed++;
        else if (*at == '{')
            closed--;
    }
    return at;
}

/* {"name":"kimi-auth","value":"…"}: that member of the object in which the name stands, and of none
 * within it. */
static gsize pasted_find_member(const char *text, const char *name, const char **value)
{
    static const char key[] = "\"value\"";
    const char *at = pasted_find_object(text, name);
    int depth = 0;

    do {
        gsize length = 0;

        if (*at == '{')
            depth++;
        else if (*at == '}')
            depth--;
        else if (depth == 1 && g_str_has_prefix(at, key))
            length = pasted_find_behind(at + strlen(key), value);
        if (length > 0)
            return length;
    } while (*at++ != '\0' && depth > 0);
    return 0;
}

/* Whether the name at this place is neither a part of another one nor of a value. */
static bool pasted_is_whole(const char *text, const char *at, gsize length)
{
    bool begins = at == text || strchr(SPACE ";:,'\"`\\$?&{[(", at[-1]);

    return begins && strchr(BETWEEN, at[length]);
}

static gsize pasted_find_named(const char *text, const char *name, bool is_cookie,
                               const char **value)
{
    gsize name_length = strlen(name);
    int places = 0;

    for (const char *at = strstr(text, name); at && places < MAX_PLACES;
         at = strstr(at + 1, name)) {
        const char *rest = at + name_length;
        gsize length;

        if (!pasted_is_whole(text, at, name_length))
            continue;
        places++;
        length = pasted_find_behind(rest, value);
        if (length == 0 && is_cookie)
            length = pasted_find_assigned(rest, value);
        if (length == 0 && *rest == '"')
            length = pasted_find_member(text, at, value);
        if (length > 0)
            return length;
    }
    return 0;
}

/* A JWT that comes first, or behind "Bearer". Any other may be another site's. */
static gsize pasted_find_bare(const char *text, const char **value)
{
    static const char bearer[] = "bearer ";
    gsize length;

    *value = text + strspn(text, SPACE "'\"");
    length = pasted_jwt_length(*value);
    for (const char *at = text; length == 0 && *at != '\0'; at++) {
        if (g_ascii_strncasecmp(at, bearer, strlen(bearer)) != 0)
            continue;
        *value = at + strlen(bearer);
        length = pasted_jwt_length(*value);
    }
    return length;
}

gsize pasted_find(const char *text, const struct pasted_names *names, const char **value)
{
    gsize length = pasted_find_named(text, names->cookie, true, value);

    if (length == 0 && names->item)
        length = pasted_find_named(text, names->item, false, value);
    return length > 0 ? length : pasted_find_bare(text, value);
}
