#include "plugins/kimi/browser_search.h"

#include "common/i18n.h"
#include "plugins/kimi/token.h"

#include <string.h>

#define HOSTS(site) ((const char *const[]){"www." site, ".www." site, site, "." site, NULL})
#define NAMES(...)  ((const char *const[]){__VA_ARGS__, NULL})

/* The hosts of the cookie in each region. */
static const struct {
    const char *region;
    const char *const *hosts;
} sites[] = {
    {"cn", HOSTS("kimi.com")},
    {"global", HOSTS("kimi.ai")},
};

static const struct browser desktop_app = {
    .id = "kimi-desktop",
    .name = N_("Kimi's desktop app"),
    .config_folder = "kimi-desktop",
    .keyring = NAMES("kimi-desktop", "Kimi", "kimi"),
    .wallet = NAMES("kimi-desktop", "Kimi", "kimi"),
};

static const struct {
    const char *name;
    const char *memory;
    const struct browser *app;
} kinds[] = {
    [BROWSER_APP] = {"desktop-app", "kimi.desktop-app", &desktop_app},
    [BROWSER_ALL] = {"browser", "kimi.browser", NULL},
};

const char *browser_source_name(enum browser_source source)
{
    return kinds[source].name;
}

static const char *const *find_hosts(const char *region)
{
    gsize i = 0;

    while (strcmp(sites[i].region, region) != 0)
        i++;
    return sites[i].hosts;
}

bool browser_search_prepare(struct browser_search *search, enum browser_source source,
                            const struct provider_call *call, GError **error)
{
    GError *problem = NULL;
    const char *region, *browsers;

    if (!provider_setting(call, "region", &region, error) ||
        !provider_setting(call, "browsers", &browsers, error))
        return false;
    search->ids = browsers ? cookie_browsers_parse(browsers, &problem) : NULL;
    if (problem) {
        g_propagate_error(error, problem);
        return false;
    }
    if (browsers && !search->ids) /* a list of none is not a list of all */
        search->ids = g_new0(char *, 1);
    search->request = (struct cookie_request){
        .query = {TOKEN_COOKIE, find_hosts(region)},
        .app = kinds[source].app,
        .browsers = (const char *const *)search->ids,
        .memory = kinds[source].memory,
        .paths = call->paths,
        .environment = call->environment,
        .now = call->now,
    };
    return true;
}

void browser_search_start(struct browser_search *search)
{
    search->search = cookie_search_new(&search->request);
}

void browser_search_clear(struct browser_search *search)
{
    cookie_search_free(search->search);
    g_strfreev(search->ids);
}

struct cookie_look *browser_search_next(struct browser_search *search)
{
    struct cookie_look *look;

    while ((look = cookie_search_next(search->search))) {
        autoptr(token) token = token_find(secret_peek(look->value));

        if (token && !token_has_expired(token, search->request.now))
            return look;
        cookie_look_set(look, token ? COOKIE_EXPIRED : COOKIE_ABSENT,
                        g_strdup(token ? _("its token has expired") : _("its value is no token")));
    }
    return NULL;
}
