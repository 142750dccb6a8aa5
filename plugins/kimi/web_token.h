/* Sources: a token of a web session that the user gives: pasted, or in the environment. See
 * source.h for what the functions are. */
#pragma once

#include "plugins/kimi/source.h"

/* What is said if the service refuses a web session. */
extern const struct refusal_words web_token_words;

/* Off if the setting cookieSource is "off". */
const char *web_token_off(const struct source_call *call);

/* From providers[].cookieHeader: the configuration, then stored credentials. */
void *web_token_open_pasted(const struct source_call *call);

/* From KIMI_MANUAL_COOKIE, then KIMI_AUTH_TOKEN, in capitals or small letters. */
void *web_token_open_environment(const struct source_call *call);
