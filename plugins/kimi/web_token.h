/* The token of a web session that the user gives: pasted, or in the environment. See source.h for
 * what the functions are. */
#pragma once

#include "plugins/kimi/source.h"
#include "plugins/kimi/token.h"

/* Off if the setting cookieSource is "off". */
const char *web_token_off(const struct provider_call *call);

/* From providers[].cookieHeader: the configuration, then stored credentials. */
struct credential *web_token_find_manual(const struct provider_call *call, GError **error);

/* From KIMI_MANUAL_COOKIE, then KIMI_AUTH_TOKEN, in capitals or small letters. */
struct credential *web_token_find_environment(const struct provider_call *call, GError **error);

char *web_token_address(const struct provider_call *call, const struct credential *credential,
                        GError **error);

/* Asks the web gateway of the region. */
void web_token_ask(const struct provider_call *call, const struct credential *credential,
                   struct answer *answer);

/* A token of any web source of this region, for the membership statistics beside another
 * credential. NULL if there is none, or it is not to be used: if cookieSource is "off", or the
 * setting "source" asks for the other credential alone. */
struct token *web_token_at_hand(const struct provider_call *call, const char *region);
