/* One inquiry: all requests with one credential, sent at the same time, and the answer that their
 * responses make together. The Code API is asked for the usage; the plan's name and a web session's
 * statistics are a bonus. With a web session the usage alone is an answer, and so are the
 * statistics. */
#pragma once

#include "common/usage/answer.h"
#include "plugins/kimi/credential/credential.h"
#include "plugins/kimi/memory.h"
#include "plugins/support/http.h"
#include "plugins/support/provider_main.h"

/* Requests that must be left for an inquiry. */
#define INQUIRY_MIN_REQUESTS 2

struct inquiry {
    const struct provider_call *call;
    struct memory *memory;
    struct http_client *client;
    const struct credential *credential;
    const struct credential *session; /* of the same account, whose statistics are asked for beside
                                       * the Code API; NULL: none */
    const char *where;                /* where the credential was found, for messages */
    guint *requests_left;             /* in this run; the inquiry counts them down */
};

/* A client that trusts the CA file of the settings. NULL and an error of kind config if that can't
 * be used. The caller frees it. */
struct http_client *inquiry_client(const struct provider_call *call, GError **error);

/* Sends the requests and sets `answer`, which is empty, to a snapshot, without its source, or to an
 * error. Remembers refused credentials and the name of the plan. */
void inquiry_send(const struct inquiry *inquiry, struct answer *answer);

/* Makes the answer of what came: the second half of inquiry_send. `statistics` NULL: they were not
 * asked for. Takes the error of `usage`. */
void inquiry_read(const struct inquiry *inquiry, struct http_exchange *usage,
                  const struct http_exchange *statistics, struct answer *answer);
