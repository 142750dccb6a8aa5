/* Source: the login of Kimi's own command-line client. Its access token is read, while it is valid,
 * and nothing else: the refresh token rotates, so using it would sign the client out, and its files
 * are never written. See source.h for what the functions are. */
#pragma once

#include "plugins/kimi/source.h"

/* Off if a variable sends the client to another host than Kimi's (KIMI_CODE_BASE_URL,
 * KIMI_CODE_OAUTH_HOST, KIMI_OAUTH_HOST): its token belongs there. */
const char *client_off(const struct source_call *call);

void *client_open(const struct source_call *call);
