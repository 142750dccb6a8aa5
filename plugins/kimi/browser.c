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
    return session_search_missing();
}

/* A cookie that is there and can't be got at is more than nothing. */
static void explain(const struct browser_search *search, GError **error)
{
    const GPtrArray *looks = session_search_all(search->search);

    for (guint i = 0; i < looks->len; i++) {
        const struct session *look = looks->pdata[i];
        bool is_locked = look->outcome == SESSION_LOCKED;

        if (!is_locked && look->outcome != SESSION_SEALED)
            continue;
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH,
                    is_locked
                        ? _("the cookie kimi-auth of %s can't be decrypted: %s; unlock it, which "
                            "starting the browser may do")
                        : _("the cookie kimi-auth of %s can't be decrypted: %s; `usageline config "
                            "set-cookie --provider kimi --stdin` takes the cookie by hand"),
                    look->label, look->why);
        return;
    }
}

static struct credential *take(const struct session *look)
{
    autoptr(token) token = token_find(secret_peek(look->value));

    return credential_new(g_steal_pointer(&token->text), look->label);
}

static struct credential *find(const struct provider_call *call, enum browser_source source,
                               GError **error)
{
    autoclear(browser_search) search = {0};
    struct session *look;

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
    struct session *look;
    bool is_past_refused = false; /* labels need not differ, but the order is the same */
    int tries = 1;

    browser_search_start(search);
    while (tries < MAX_TRIES && (look = browser_search_next(search))) {
        autoclear(answer) attempt = {0};

        if (!is_past_refused && strcmp(look->label, refused->origin) == 0) {
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
            session_search_note_worked(search->search, look);
            return;
        }
    }
}

static void note_worked(struct browser_search *search, const char *label)
{
    const GPtrArray *all;

    browser_search_start(search);
    all = session_search_all(search->search);
    for (guint i = 0; i < all->len; i++) {
        const struct session *session = all->pdata[i];
        if (strcmp(session->label, label) == 0)
            session_search_note_worked(search->search, session);
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
        note_worked(&search, credential->origin);
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
        g_auto(GStrv) paths = session_search_files(search.search, max);
        for (char **path = paths; *path; path++)
            g_ptr_array_add(files, g_strdup(*path));
    }
    g_ptr_array_add(files, NULL);
    return (char **)g_ptr_array_free(files, FALSE);
}
