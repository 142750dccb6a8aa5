/* The token of a web session in what people paste: a bare JWT, "kimi-auth=…", "access_token=…", a
 * Cookie or Authorization header, a curl command with one of them, JSON with access_token, a row of
 * the developer tools' table of cookies, a Netscape cookie file, the JSON that cookie extensions
 * export. */
#pragma once

#include <glib.h>

/* The names that the token may have. Other tokens in the text are not looked at. */
struct pasted_names {
    const char *cookie; /* "kimi-auth" */
    const char *item;   /* "access_token"; NULL: none */
};

/* Finds the token in `text`. Sets `value` to its place and returns its length in bytes; 0 if there
 * is none. It must be a JWT, except behind the cookie's name and a "=", where it may have any form.
 */
gsize pasted_find(const char *text, const struct pasted_names *names, const char **value);
