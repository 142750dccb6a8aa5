/* What it means when one of Kimi's services refuses: each HTTP status its kind, its words and its
 * remedy. What a 401 means depends on the credential that was sent. */
#pragma once

#include "common/usage/answer.h"
#include "plugins/kimi/credential.h"
#include "plugins/support/http.h"

/* Sets the error, and the time to wait if the service named one, for a status other than 200 to
 * 299. The service's own words become part of the message, unless the credential stands in them.
 * `where` is the place of the credential, for people. */
void refusal_set(struct answer *answer, const struct http_response *response,
                 const struct credential *credential, const char *where);

/* The error for a credential that was refused with this status at that time (seconds since 1970),
 * and is not sent again before it changes. */
GError *refusal_error_remembered(const struct credential *credential, const char *where,
                                 long status, gint64 at);
