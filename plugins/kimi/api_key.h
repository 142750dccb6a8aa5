/* Source: an API key that the user gave: providers[].apiKey (the configuration, then stored
 * credentials), else KIMI_CODE_API_KEY, else KIMI_API_KEY if its value begins with "sk-kimi-", for
 * any other belongs to another product. See source.h for what the function is. */
#pragma once

#include "plugins/kimi/source.h"

void *api_key_open(const struct source_call *call);
