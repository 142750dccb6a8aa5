/* One question to one of Kimi's two services, with a credential, and what the answer means. The
 * membership statistics are asked for at the same time where there is a web token: they enrich the
 * answer, and their failure never costs it. */
#pragma once

#include "common/answer.h"
#include "plugins/kimi/refusal.h"
#include "plugins/kimi/token.h"
#include "plugins/support/http.h"
#include "plugins/support/provider_main.h"

/* Milliseconds that the statistics may take longer than the answer. */
#define SERVICE_PATIENCE 2000

struct service_question {
    struct http_request *request; /* taken over */
    struct refusal_place place;
    const struct credential *credential; /* that the request holds */
    const struct refusal_words *words;   /* if it is refused */
    const char *region;
    const struct token *token; /* for the statistics; NULL: do not ask for them */
};

/* A client that trusts what the user's settings say. NULL and an error of kind config if they name
 * a CA file that is not usable. */
struct http_client *service_client(const struct provider_call *call, GError **error);

/* `answer` gets a snapshot, without its source, or an error. */
void service_ask(const struct provider_call *call, struct service_question *question,
                 struct answer *answer);

/* What a response to the question means; `stats` NULL: none came. The second half of the above. */
void service_judge(const struct service_question *question, const struct http_response *response,
                   const struct http_response *stats, gint64 now, struct answer *answer);
