#include "plugins/kimi/web_token.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/config/credentials.h"
#include "plugins/kimi/source_list.h"

#include <string.h>

const struct refusal_words web_token_words = {
    .what = N_("the web session's token is invalid or expired"),
    .remedy = N_("sign in again, or use an API key, which does not run out: `usageline config "
                 "set-api-key --provider kimi --stdin`"),
    .remedy_in_config = N_("replace it by a new one, or by an API key, which does not run out"),
};

const char *web_token_off(const struct source_call *call)
{
    return call->settings->cookies == COOKIES_OFF ? _("cookieSource is \"off\"") : NULL;
}

/* Why the token of what was pasted is of no use; NULL: it is. */
static GError *web_token_check(const struct source_call *call, const struct token *token,
                               const char *origin, bool is_in_config)
{
    if (!token)
        return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                           _("there is no Kimi auth token in %s: paste access_token or the cookie "
                             "kimi-auth, or a header with one of them"),
                           origin);
    if (token->is_foreign)
        return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                           _("the token in %s belongs to another site than Kimi's"), origin);
    if (token_has_expired(token, call->call->now))
        return g_error_new(
            USAGE_ERROR, USAGE_ERROR_AUTH, _("%s, the one in %s; %s"), _(web_token_words.what),
            origin, _(is_in_config ? web_token_words.remedy_in_config : web_token_words.remedy));
    return NULL;
}

static void web_token_add(const struct source_call *call, const char *pasted, const char *origin,
                          struct source_list *list)
{
    bool is_in_config = strcmp(origin, call->call->paths->config_file) == 0;
    autoptr(token) token = token_find(pasted);
    GError *error = web_token_check(call, token, origin, is_in_config);
    const struct site *site = token ? site_for_audience(token->audience) : NULL;
    struct credential *credential;

    if (error) {
        g_ptr_array_add(list->candidates, candidate_new_error(origin, error));
        return;
    }
    credential = credential_new(site ? site : call->settings->site, g_steal_pointer(&token->text),
                                NULL, &web_token_words);
    credential->is_in_config = is_in_config;
    g_ptr_array_add(list->candidates, candidate_new(origin, credential));
}

void *web_token_open_pasted(const struct source_call *call)
{
    struct source_list *list = source_list_new();
    const char *origin = call->call->paths->credentials_file; /* for an error alone */
    GError *error = NULL;
    autoptr(secret) pasted = credentials_find(call->call->paths, call->call->provider->id,
                                              CREDENTIAL_COOKIE_HEADER, &origin, &error);

    if (pasted)
        web_token_add(call, secret_peek(pasted), origin, list);
    else if (error)
        g_ptr_array_add(list->candidates, candidate_new_error(origin, error));
    return list;
}

void *web_token_open_environment(const struct source_call *call)
{
    static const char *const variables[] = {"KIMI_MANUAL_COOKIE", "kimi_manual_cookie",
                                            "KIMI_AUTH_TOKEN", "kimi_auth_token"};
    struct source_list *list = source_list_new();

    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *text = provider_variable(call->call, variables[i]);
        if (text)
            web_token_add(call, text, variables[i], list);
    }
    return list;
}
