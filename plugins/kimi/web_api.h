/* The requests of a web session: to the gateway that Kimi's own pages use, with the headers that it
 * expects. */
#pragma once

#include "plugins/kimi/credential/credential.h"
#include "plugins/support/http.h"

enum web_api_method {
    WEB_API_USAGE,      /* GetUsages: the weekly quota and the rolling windows */
    WEB_API_STATISTICS, /* GetSubscriptionStats: more precise readings of them, and the month */
    WEB_API_PLAN,       /* GetSubscription: the plan's name */
};

/* A request to the session's site, which the caller frees. */
struct http_request *web_api_request(const struct credential *session, enum web_api_method method);
