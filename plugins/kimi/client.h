/* Source: the login of Kimi's own command-line client. Its access token is read, while it is valid,
 * and nothing else: the refresh token rotates, so using it would sign the client out, and its files
 * are never written. See source.h for what the functions are. */
#pragma once

#include "plugins/kimi/source.h"

/* Off if a variable sends the client to another host than Kimi's (KIMI_CODE_BASE_URL,
 * KIMI_CODE_OAUTH_HOST, KIMI_OAUTH_HOST): its token belongs there. */
const char *client_off(const struct source_call *call);

void *client_open(const struct source_call *call);

/* A tool's access token with its end, as the client and others keep it in JSON. */
struct stored_token {
    struct secret *secret; /* NULL: none */
    gint64 expires_at;     /* seconds since 1970; 0: not told */
};

/* Reads the members of these names. An end above 1e10 is in milliseconds. */
void stored_token_read(const struct json *json, const char *token, const char *expiry,
                       struct stored_token *stored);
void stored_token_clear(struct stored_token *stored);
DEFINE_AUTO_CLEAR(stored_token, stored_token_clear);

/* Whether it can be sent at `now` (seconds since 1970): it is valid for another few seconds. */
bool stored_token_is_fresh(const struct stored_token *stored, gint64 now);
