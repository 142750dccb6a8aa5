/* What a response of Kimi's services with a status other than 200 to 299 means, by the table in
 * refusal.c:
 *
 *     401            the credential is refused: error of kind auth. memory.h remembers it, it is
 *                    not sent again until it changes, and fetch.h tries the next one. A web
 *                    session's 403 means the same.
 *     402            no plan
 *     403            the quota is used up: kind server; auth if the text is about permissions
 *     429            rate-limited: fetch.h tries nothing else, and common/usage/refresh.h waits as
 *                    long as Retry-After says, at most a day, or after failures
 *     300-399, 404, 500-599 and all others: kind server
 */
#pragma once

#include "common/usage/answer.h"
#include "plugins/kimi/credential/credential.h"
#include "plugins/support/http.h"

/* Sets the error of `answer`, and the seconds to wait if the service named them. The message quotes
 * the service's own words unless they contain the credential. `where` is the place of the
 * credential, for people. */
void refusal_set(struct answer *answer, const struct http_response *response,
                 const struct credential *credential, const char *where);

/* Whether this status refuses the credential itself. */
bool refusal_rejects_credential(long status, const struct credential *credential);

/* The error for a credential that was refused with this status at `at` (seconds since 1970) and has
 * not changed since. */
GError *refusal_error_remembered(const struct credential *credential, const char *where,
                                 long status, gint64 at);
