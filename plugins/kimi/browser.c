#include "plugins/kimi/browser.h"

#include "common/error.h"
#include "common/i18n.h"
#include "plugins/kimi/browser_search.h"
#include "plugins/kimi/token.h"
#include "plugins/kimi/web_token.h"

#include <string.h>

#define MAX_TRIES 3 /* cookies that are sent in one run */

const char *browser_off(const struct provider_call *call)
{
    const char *policy = NULL;
    g_autoptr(GError) problem = config_error(call->config);

    /* What can't be read may say that they are to be left alone. */
    if (problem)
        return _("the configuration is wrong; `usageline config validate` tells more");
    if (!provider_setting(call, "cookieSource", &policy, NULL))
        return _("cookieSource is not one that there is");
    if (strcmp(policy, "manual") == 0)
        return _("cookieSource is \"manual\"");
    if (strcmp(policy, "off") == 0)
        return _("cookieSource is \"off\"");
    return cookie_search_missing();
}

/* A cookie that is there and can't be got at is more than nothing. */
static void explain(const struct browser_search *search, GError **error)
{
    const GPtrArray *looks = cookie_search_looks(search->search);

    for (guint i = 0; i < looks->len; i++) {
        const struct cookie_look *look = looks->pdata[i];
        bool is_locked = look->outcome == COOKIE_LOCKED;

        if (!is_locked && look->outcome != COOKIE_SEALED)
            continue;
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH,
                    is_locked
                        ? _("the cookie kimi-auth of %s can't be decrypted: %s; unlock it, which "
                            "starting the browser may do")
                        : _("the cookie kimi-auth of %s can't be decrypted: %s; `usageline config "
                            "set-cookie --provider kimi --stdin` takes the cookie by hand"),
                    look->store->label, look->why);
        return;
    }
}

static struct credential *take(const struct cookie_look *look)
{
    autoptr(token) token = token_find(secret_peek(look->value));

    return credential_new(g_steal_pointer(&token->text), look->store->label);
}

static struct credential *find(const struct provider_call *call, enum browser_source source,
                               GError **error)
{
    autoclear(browser_search) search = {0};
    struct cookie_look *look;

    if (!browser_search_prepare(&search, source, call, error))
        return NULL;
    browser_search_start(&search);
    look = browser_search_next(&search);
    if (!look)
        explain(&search, error);
    return look ? take(look) : NULL;
}

struct credential *browser_find_app(const struct provider_call *call, GError **error)
{
    return find(call, BROWSER_APP, error);
}

struct credential *browser_find(const struct provider_call *call, GError **error)
{
    return find(call, BROWSER_ALL, error);
}

/* The cookies after the one that was refused. Leaves `answer` as it is if none of them works. */
static void ask_others(const struct provider_call *call, struct browser_search *search,
                       const struct credential *refused, struct answer *answer)
{
    struct cookie_look *look;
    bool is_past_refused = false; /* labels need not differ, but the order is the same */
    int tries = 1;

    browser_search_start(search);
    while (tries < MAX_TRIES && (look = browser_search_next(search))) {
        autoclear(answer) attempt = {0};

        if (!is_past_refused && strcmp(look->store->label, refused->origin) == 0) {
            is_past_refused = true;
            continue;
        }
        autoptr(credential) credential = take(look);
        tries++;
        web_token_ask(call, credential, &attempt);
        if (attempt.snapshot) {
            answer_clear(answer);
            *answer = attempt;
            attempt = (struct answer){0};
            cookie_search_note_worked(&search->request, look->store->label);
            return;
        }
    }
}

static void ask(const struct provider_call *call, enum browser_source source,
                const struct credential *credential, struct answer *answer)
{
    autoclear(browser_search) search = {0};

    if (!browser_search_prepare(&search, source, call, &answer->error))
        return;
    web_token_ask(call, credential, answer);
    if (answer->snapshot)
        cookie_search_note_worked(&search.request, credential->origin);
    else if (usage_error_kind(answer->error) == USAGE_ERROR_AUTH)
        ask_others(call, &search, credential, answer);
}

void browser_ask_app(const struct provider_call *call, const struct credential *credential,
                     struct answer *answer)
{
    ask(call, BROWSER_APP, credential, answer);
}

void browser_ask(const struct provider_call *call, const struct credential *credential,
                 struct answer *answer)
{
    ask(call, BROWSER_ALL, credential, answer);
}

char **browser_files(const struct provider_call *call, guint max)
{
    GPtrArray *files = g_ptr_array_new();
    autoclear(browser_search) search = {0};

    if (!browser_off(call) && browser_search_prepare(&search, BROWSER_ALL, call, NULL)) {
        browser_search_start(&search);
        const GPtrArray *looks = cookie_search_looks(search.search);
        for (guint i = 0; i < looks->len && files->len + 2 <= max; i++) {
            const struct cookie_look *look = looks->pdata[i];
            g_ptr_array_add(files, g_strdup(look->store->path));
            g_ptr_array_add(files, g_strconcat(look->store->path, "-wal", NULL));
        }
    }
    g_ptr_array_add(files, NULL);
    return (char **)g_ptr_array_free(files, FALSE);
}
