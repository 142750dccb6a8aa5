#include "plugins/kimi/web_api.h"

#include <glib.h>

#define GATEWAY "/apiv2/kimi.gateway."

static const struct {
    const char *path;
    const char *body;
} web_api_methods[] = {
    [WEB_API_USAGE] = {"billing.v1.BillingService/GetUsages", "{\"scope\":[\"FEATURE_CODING\"]}"},
    [WEB_API_STATISTICS] = {"membership.v2.MembershipService/GetSubscriptionStats", "{}"},
    [WEB_API_PLAN] = {"membership.v2.MembershipService/GetSubscription", "{}"},
};

/* The IANA name of this machine's time zone, such as "Europe/Berlin"; "UTC" if TZ is not a name but
 * a file or a rule such as "CET-1CEST,M3.5.0,M10.5.0/3". The caller frees it. */
static char *web_api_find_time_zone(void)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_local();
    const char *name = g_time_zone_get_identifier(zone);

    if (name && name[0] == ':')
        name++;
    if (!name ||
        !g_regex_match_simple("^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$", name, G_REGEX_DOLLAR_ENDONLY, 0))
        return g_strdup("UTC");
    return g_strdup(name);
}

struct http_request *web_api_request(const struct credential *session, enum web_api_method method)
{
    const struct site *site = session->site;
    const struct token *claims = session->claims;
    g_autofree char *url = g_strconcat(site->web, GATEWAY, web_api_methods[method].path, NULL);
    g_autofree char *zone = web_api_find_time_zone();
    struct http_request *request = http_request_new(url);

    request->body = g_strdup(web_api_methods[method].body);
    http_request_add_secret(request, "Authorization", "Bearer ", session->secret);
    http_request_add_secret(request, "Cookie", TOKEN_COOKIE "=", session->secret);
    http_request_add_header(request, "Content-Type", "application/json");
    http_request_add_header(request, "Accept", "application/json");
    http_request_add_header(request, "connect-protocol-version", "1");
    http_request_add_header(request, "Origin", site->web);
    http_request_add_header(request, "Referer", site->console);
    http_request_add_header(request, "x-msh-platform", "web");
    http_request_add_header(request, "x-language", "en-US");
    http_request_add_header(request, "r-timezone", zone);
    http_request_add_header(request, "x-msh-device-id", claims->device_id);
    http_request_add_header(request, "x-msh-session-id", claims->session_id);
    http_request_add_header(request, "x-traffic-id", claims->traffic_id);
    return request;
}
