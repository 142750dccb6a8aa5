/* The requests of a web session: the gateway that the site www.kimi.com itself talks to, with the
 * headers that it wants to see. */
#pragma once

#include "plugins/kimi/token.h"
#include "plugins/support/http.h"

/* The host of the region ("cn", "global"). */
const char *web_api_host(const char *region);

/* GetUsages: the weekly quota and the rolling windows. */
struct http_request *web_api_usages_request(const char *region, const struct token *token);

/* GetSubscriptionStats: more precise readings of the same, and the monthly pool. */
struct http_request *web_api_stats_request(const char *region, const struct token *token);
