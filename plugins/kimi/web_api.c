#include "plugins/kimi/web_api.h"

#include <string.h>

#define GATEWAY "/apiv2/kimi.gateway."

static const struct site {
    const char *region;
    const char *host;
    const char *origin;
    const char *referer;
} sites[] = {
    {"cn", "www.kimi.com", "https://www.kimi.com", "https://www.kimi.com/code/console"},
    {"global", "www.kimi.ai", "https://www.kimi.ai", "https://www.kimi.ai/code/console"},
};

static const struct site *find_site(const char *region)
{
    const struct site *site = sites;

    while (strcmp(site->region, region) != 0)
        site++;
    return site;
}

const char *web_api_host(const char *region)
{
    return find_site(region)->host;
}

/* The IANA name of this machine's time zone, such as "Europe/Berlin"; "UTC" if TZ holds something
 * else: a file's name, a rule such as "CET-1CEST,M3.5.0,M10.5.0/3". */
static char *time_zone(void)
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

static void add_claim(struct http_request *request, const char *name, const char *claim)
{
    if (claim)
        http_request_add_header(request, name, claim);
}

static struct http_request *new_request(const char *region, const struct token *token,
                                        const char *method, const char *body)
{
    const struct site *site = find_site(region);
    g_autofree char *url = g_strconcat(site->origin, GATEWAY, method, NULL);
    g_autofree char *zone = time_zone();
    struct http_request *request = http_request_new(url);

    request->body = g_strdup(body);
    http_request_add_secret(request, "Authorization", "Bearer ", token->text);
    http_request_add_secret(request, "Cookie", TOKEN_COOKIE "=", token->text);
    http_request_add_header(request, "Content-Type", "application/json");
    http_request_add_header(request, "Accept", "application/json");
    http_request_add_header(request, "connect-protocol-version", "1");
    http_request_add_header(request, "Origin", site->origin);
    http_request_add_header(request, "Referer", site->referer);
    http_request_add_header(request, "x-msh-platform", "web");
    http_request_add_header(request, "x-language", "en-US");
    http_request_add_header(request, "r-timezone", zone);
    add_claim(request, "x-msh-device-id", token->device_id);
    add_claim(request, "x-msh-session-id", token->session_id);
    add_claim(request, "x-traffic-id", token->traffic_id);
    return request;
}

struct http_request *web_api_usages_request(const char *region, const struct token *token)
{
    return new_request(region, token, "billing.v1.BillingService/GetUsages",
                       "{\"scope\":[\"FEATURE_CODING\"]}");
}

struct http_request *web_api_stats_request(const char *region, const struct token *token)
{
    return new_request(region, token, "membership.v2.MembershipService/GetSubscriptionStats", "{}");
}
