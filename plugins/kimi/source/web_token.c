/* Sources: the token of a web session that the user gave: pasted, or in the environment. */
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/config/credentials.h"
#include "plugins/kimi/source/source.h"

#include <string.h>

static const char *web_token_why_off(G_GNUC_UNUSED const struct provider_call *call,
                                     const struct settings *settings)
{
    return settings->cookies == COOKIES_OFF ? _("cookieSource is \"off\"") : NULL;
}

/* Why the token can't be used, where NULL means that the text has none; NULL: it can. */
static GError *web_token_check(const struct token *token, gint64 now, const char *where,
                               bool is_in_config)
{
    const struct refusal_words *words = &credential_session_words;

    if (!token)
        return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                           _("there is no Kimi auth token in %s: paste access_token or the cookie "
                             "kimi-auth, or a header with one of them"),
                           where);
    if (token->is_foreign)
        return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                           _("the token in %s belongs to another site than Kimi's"), where);
    if (token_has_expired(token, now))
        return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH, _("%s, the one in %s; %s"),
                           _(words->what), where,
                           _(is_in_config ? words->remedy_in_config : words->remedy));
    return NULL;
}

static void web_token_add(const struct provider_call *call, const struct settings *settings,
                          const char *text, const char *where, GPtrArray *candidates)
{
    bool is_in_config = strcmp(where, call->paths->config_file) == 0;
    autoptr(token) token = token_find(text);
    GError *error = web_token_check(token, call->now, where, is_in_config);
    struct credential *credential;

    if (error) {
        candidates_add_error(candidates, where, error);
        return;
    }
    credential = credential_new_session(token->site ? token->site : settings->site,
                                        g_steal_pointer(&token->text));
    credential->is_in_config = is_in_config;
    candidates_add(candidates, where, credential);
}

/* In providers[].cookieHeader: the configuration, then stored credentials. */
static void web_token_find_pasted(const struct provider_call *call, const struct settings *settings,
                                  GPtrArray *candidates, G_GNUC_UNUSED GPtrArray *files)
{
    const char *where = call->paths->credentials_file; /* if that can't be read */
    GError *error = NULL;
    autoptr(secret) pasted =
        credentials_find(call->paths, call->provider->id, CREDENTIAL_COOKIE_HEADER, &where, &error);

    if (pasted)
        web_token_add(call, settings, secret_peek(pasted), where, candidates);
    else if (error)
        candidates_add_error(candidates, where, error);
}

static void web_token_find_in_environment(const struct provider_call *call,
                                          const struct settings *settings, GPtrArray *candidates,
                                          G_GNUC_UNUSED GPtrArray *files)
{
    static const char *const variables[] = {"KIMI_MANUAL_COOKIE", "kimi_manual_cookie",
                                            "KIMI_AUTH_TOKEN", "kimi_auth_token"};

    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *text = provider_variable(call, variables[i]);
        if (text)
            web_token_add(call, settings, text, variables[i], candidates);
    }
}

const struct source web_token_pasted_source = {
    .name = "manual-token",
    .label = N_("pasted token"),
    .mode = "web",
    .why_off = web_token_why_off,
    .find = web_token_find_pasted,
};

const struct source web_token_environment_source = {
    .name = "environment-token",
    .label = N_("token in the environment"),
    .mode = "web",
    .find = web_token_find_in_environment,
};
