/* An API key that the user gave, and the service that takes it. See source.h for what the functions
 * are. */
#pragma once

#include "plugins/kimi/source.h"

/* From providers[].apiKey (the configuration, then stored credentials), else KIMI_CODE_API_KEY. Not
 * from KIMI_API_KEY, which belongs to another product. */
struct credential *api_key_find(const struct provider_call *call, GError **error);

char *api_key_address(const struct provider_call *call, const struct credential *credential,
                      GError **error);

/* Asks the Code API at KIMI_CODE_BASE_URL, else at providers[].enterpriseHost, else at Kimi's host
 * of the region. */
void api_key_ask(const struct provider_call *call, const struct credential *credential,
                 struct answer *answer);
