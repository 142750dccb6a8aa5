#include "plugins/kimi/credential/site.h"

#include <glib.h>

#define COM_HOSTS   "www.kimi.com", ".www.kimi.com", "kimi.com", ".kimi.com"
#define AI_HOSTS    "www.kimi.ai", ".www.kimi.ai", "kimi.ai", ".kimi.ai"
#define COM_ORIGINS "https://www.kimi.com", "https://kimi.com"
#define AI_ORIGINS  "https://www.kimi.ai", "https://kimi.ai"
#define LIST(...)   ((const char *const[]){__VA_ARGS__, NULL})

const struct site sites[] = {
    {
        .region = "cn",
        .audience = "kimi.com",
        .api = "https://api.kimi.com",
        .api_host = "api.kimi.com",
        .oauth_host = "https://auth.kimi.com",
        .slot = "kimi-code",
        .web = "https://www.kimi.com",
        .web_host = "www.kimi.com",
        .console = "https://www.kimi.com/code/console",
        .cookie_hosts = LIST(COM_HOSTS),
        .storage_origins = LIST(COM_ORIGINS),
    },
    {
        .region = "global",
        .audience = "kimi.ai",
        .api = "https://api.kimi.ai",
        .api_host = "api.kimi.ai",
        .oauth_host = "https://auth.kimi.ai",
        .slot = "kimi-code-env-0e4f99c69cc27850",
        .web = "https://www.kimi.ai",
        .web_host = "www.kimi.ai",
        .console = "https://www.kimi.ai/code/console",
        .cookie_hosts = LIST(AI_HOSTS),
        .storage_origins = LIST(AI_ORIGINS),
    },
    {0},
};

const char *const site_regions[] = {"cn", "global", NULL};
const char *const site_all_cookie_hosts[] = {COM_HOSTS, AI_HOSTS, NULL};
const char *const site_all_storage_origins[] = {COM_ORIGINS, AI_ORIGINS, NULL};

const struct site *site_for_region(const char *region)
{
    for (const struct site *site = sites; site->region; site++) {
        if (g_strcmp0(site->region, region) == 0)
            return site;
    }
    return NULL;
}

const struct site *site_for_audience(const char *audience)
{
    for (const struct site *site = sites; site->region; site++) {
        if (g_strcmp0(site->audience, audience) == 0)
            return site;
    }
    return NULL;
}

const struct site *site_for_api_host(const char *host)
{
    for (const struct site *site = sites; site->region; site++) {
        if (g_strcmp0(site->api_host, host) == 0)
            return site;
    }
    return NULL;
}

const struct site *site_for_place(const char *place)
{
    for (const struct site *site = sites; place && site->region; site++) {
        if (g_strv_contains(site->cookie_hosts, place) ||
            g_strv_contains(site->storage_origins, place))
            return site;
    }
    return NULL;
}
