/* The token of a session with Kimi, a JWT (RFC 7519): finding it in what people paste and browsers
 * store, and reading the claims in its payload. Its signature is left to the service to verify. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/secret.h"
#include "plugins/kimi/credential/site.h"

#include <glib.h>
#include <stdbool.h>

#define TOKEN_COOKIE "kimi-auth"    /* its name as a cookie */
#define TOKEN_ITEM   "access_token" /* its key in the localStorage of Kimi's pages */

struct token {
    struct secret *text;
    char *device_id;         /* claim device_id; NULL: none, as for the next two */
    char *session_id;        /* claim ssid */
    char *traffic_id;        /* claim sub */
    const struct site *site; /* that claim aud names; NULL: none of Kimi's */
    bool is_foreign;         /* it names only other sites, so it must not be sent to Kimi's */
    bool is_refresh;         /* claim typ: it is for renewing others, and must never be used */
    gint64 expires_at;       /* claim exp, seconds since 1970; 0: unknown */
};

/* Finds the token in a text of any form that pasted.h knows. NULL if there is none, or only one
 * that renews others. The caller frees it. */
struct token *token_find(const char *pasted);

/* Reads a bare token of `length` bytes (-1: up to the NUL); it has no claims if its payload can't
 * be read. Never NULL; the caller frees it. */
struct token *token_new(const char *text, gssize length);

void token_free(struct token *token);
DEFINE_AUTOPTR(token, token_free);

/* Whether it has expired at `now` (seconds since 1970). */
bool token_has_expired(const struct token *token, gint64 now);
