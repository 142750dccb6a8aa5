/* The Code API: GET …/coding/v1/usages with a bearer token. */
#pragma once

#include "common/answer.h"
#include "common/secret.h"
#include "plugins/kimi/endpoint.h"
#include "plugins/support/http.h"

#include <glib.h>

/* Asks for the usage. `answer` gets a snapshot, without its source, or an error. `now` is in
 * seconds since 1970. */
void code_api_fetch(struct http_client *client, const struct endpoint *endpoint,
                    const struct secret *key, gint64 now, struct answer *answer);

/* What the response means; the second half of the above. The service's own words become part of an
 * error's message, unless the key stands in them. */
void code_api_judge(const struct http_response *response, const struct endpoint *endpoint,
                    const struct secret *key, gint64 now, struct answer *answer);
