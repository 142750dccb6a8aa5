/* The requests of a web session: the gateway that Kimi's own pages talk to, with the headers that
 * it wants to see. */
#pragma once

#include "plugins/kimi/credential.h"
#include "plugins/support/http.h"

enum web_api_method {
    WEB_API_USAGES, /* GetUsages: the weekly quota and the rolling windows */
    WEB_API_STATS,  /* GetSubscriptionStats: more precise readings of them, and the monthly pool */
    WEB_API_PLAN,   /* GetSubscription: the plan's name */
};

/* A request to the site of the session, which the caller frees. */
struct http_request *web_api_request(const struct credential *session, enum web_api_method method);
