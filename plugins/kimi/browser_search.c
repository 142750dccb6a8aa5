#include "plugins/kimi/browser_search.h"

#include "common/i18n.h"
#include "plugins/kimi/token.h"

#include <string.h>

#define HOSTS(site)   ((const char *const[]){"www." site, ".www." site, site, "." site, NULL})
#define ORIGINS(site) ((const char *const[]){"https://www." site, "https://" site, NULL})
#define NAMES(...)    ((const char *const[]){__VA_ARGS__, NULL})

/* The hosts of the cookie in each region. */
static const struct {
    const char *region;
    const char *const *hosts;
    const char *const *origins;
} sites[] = {
    {"cn", HOSTS("kimi.com"), ORIGINS("kimi.com")},
    {"global", HOSTS("kimi.ai"), ORIGINS("kimi.ai")},
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

static struct session_query find_query(const char *region)
{
    gsize i = 0;

    while (strcmp(sites[i].region, region) != 0)
        i++;
    return (struct session_query){TOKEN_COOKIE, sites[i].hosts, TOKEN_ITEM, sites[i].origins};
}

bool browser_search_prepare(struct browser_search *search, enum browser_source source,
                            const struct provider_call *call, GError **error)
{
    GError *problem = NULL;
    const char *region, *browsers;

    if (!provider_setting(call, "region", &region, error) ||
        !provider_setting(call, "browsers", &browsers, error))
        return false;
    search->ids = browsers ? session_browsers_parse(browsers, &problem) : NULL;
    if (problem) {
        g_propagate_error(error, problem);
        return false;
    }
    if (browsers && !search->ids) /* a list of none is not a list of all */
        search->ids = g_new0(char *, 1);
    search->request = (struct session_request){
        .query = find_query(region),
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
    search->search = session_search_new(&search->request);
}

void browser_search_clear(struct browser_search *search)
{
    session_search_free(search->search);
    g_strfreev(search->ids);
}

struct session *browser_search_next(struct browser_search *search)
{
    struct session *look;

    while ((look = session_search_next(search->search))) {
        autoptr(token) token = token_find(secret_peek(look->value));

        if (token && !token_has_expired(token, search->request.now))
            return look;
        session_set(look, token ? SESSION_EXPIRED : SESSION_ABSENT,
                    g_strdup(token ? _("its token has expired") : _("its value is no token")));
    }
    return NULL;
}
