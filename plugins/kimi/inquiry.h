/* One inquiry: all that is asked of Kimi with one credential, at the same time, and what the
 * answers mean together. */
#pragma once

#include "common/usage/answer.h"
#include "plugins/kimi/credential.h"
#include "plugins/kimi/memory.h"
#include "plugins/support/http.h"
#include "plugins/support/provider_main.h"

/* Requests that one inquiry may need at the least, to be worth beginning. */
#define INQUIRY_MIN_REQUESTS 2

struct inquiry {
    const struct provider_call *call;
    struct memory *memory;
    struct http_client *client;
    const struct credential *credential;
    const struct credential *session; /* a web session of the same site, for its statistics beside
                                       * an answer of the Code API; NULL: none */
    const char *where;                /* the credential was, for messages */
    guint *requests_left;             /* in this run */
};

/* A client that trusts what the user's settings say. NULL and an error of kind config if they name
 * a CA file that is not usable. */
struct http_client *inquiry_client(const struct provider_call *call, GError **error);

/* Asks; `answer` gets a snapshot, without its source, or an error. What was refused is noted in the
 * memory, and so is the plan. */
void inquiry_make(const struct inquiry *inquiry, struct answer *answer);

/* What the answers mean: the second half of the above. `usage` was asked for first; `statistics`
 * NULL: they were not asked for. Takes the error of the usage. */
void inquiry_judge(const struct inquiry *inquiry, struct http_exchange *usage,
                   const struct http_exchange *statistics, struct answer *answer);
