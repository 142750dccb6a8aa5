/* The token of a web session in what people paste: a bare JWT, "kimi-auth=…", "access_token=…", a
 * Cookie or Authorization header, a curl command with one of them, JSON with access_token, a row of
 * the developer tools' table of cookies, a Netscape cookie file, the JSON that cookie extensions
 * export. */
#pragma once

#include <glib.h>

/* The names that the token may have; all else is another's and is not to be taken. */
struct pasted_names {
    const char *cookie; /* "kimi-auth" */
    const char *item;   /* "access_token"; NULL: none */
};

/* The length of the token in bytes, and its place in `text`; 0: there is none. The value of the
 * cookie may have any form behind a "="; everywhere else it has to be a JWT. */
gsize pasted_find(const char *text, const struct pasted_names *names, const char **value);
