/* What it means when one of Kimi's services refuses: each HTTP status its kind, its words and its
 * remedy. What a 401 means depends on the credential that was sent. */
#pragma once

#include "common/answer.h"
#include "plugins/kimi/source.h"
#include "plugins/support/http.h"

/* What is to be said if the credential itself is refused; texts marked with N_(). */
struct refusal_words {
    const char *what; /* "the API key is invalid or expired" */
    const char *remedy;
    bool names_console;             /* the remedy goes on with the console's address */
    bool forbidden_is_unauthorized; /* 403 means the same as 401 */
};

/* Who was asked, for messages. */
struct refusal_place {
    const char *host;
    const char *console; /* a page for people */
    bool is_chosen;      /* it is no host of Kimi's own: the user named it */
};

/* Sets the error, and the time to wait if the service named one, for a status other than 200 to
 * 299. The service's own words become part of the message, unless the credential stands in them. */
void refusal_set(struct answer *answer, const struct http_response *response,
                 struct refusal_place place, const struct refusal_words *words,
                 const struct credential *credential);
