/* The session of Kimi's own command-line client. Its access token is read, while it is fresh, and
 * nothing else: the refresh token rotates, so using it would sign the client out, and its files are
 * never written. See source.h for what the functions are. */
#pragma once

#include "plugins/kimi/source.h"

/* Off if the client has been told to use other hosts (KIMI_CODE_BASE_URL, KIMI_CODE_OAUTH_HOST,
 * KIMI_OAUTH_HOST): the token must not travel. */
const char *kimi_cli_off(const struct provider_call *call);

/* From credentials/kimi-code.json in $KIMI_CODE_HOME or ~/.kimi-code, else in ~/.kimi: the first
 * token that is good for another minute. */
struct credential *kimi_cli_find(const struct provider_call *call, GError **error);

char *kimi_cli_address(const struct provider_call *call, const struct credential *credential,
                       GError **error);

/* Asks the Code API of the region that the client is signed in to. */
void kimi_cli_ask(const struct provider_call *call, const struct credential *credential,
                  struct answer *answer);

/* The files that a new sign-in changes, the newest client's first, then NULL. The caller frees
 * them. */
char **kimi_cli_files(const struct provider_call *call);
