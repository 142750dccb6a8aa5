#include "plugins/kimi/web_token.h"

#include "common/credentials.h"
#include "common/error.h"
#include "common/i18n.h"
#include "plugins/kimi/endpoint.h"
#include "plugins/kimi/service.h"
#include "plugins/kimi/web_api.h"

#include <string.h>

#define EXPIRED N_("Kimi auth token is invalid or expired")

/* The policy about cookies; "auto" if the setting is none that there is, which fetch tells of. */
static const char *cookie_source(const struct provider_call *call)
{
    const char *policy = NULL;

    return provider_setting(call, "cookieSource", &policy, NULL) ? policy : "auto";
}

const char *web_token_off(const struct provider_call *call)
{
    return strcmp(cookie_source(call), "off") == 0 ? _("cookieSource is \"off\"") : NULL;
}

/* To be given to _(). */
static const char *sign_in_again(const struct provider_call *call, const char *origin)
{
    return credential_remedy(
        call, origin,
        N_("sign in to kimi.com again, and put the new cookie kimi-auth in its place"),
        N_("sign in to kimi.com again, and store the new cookie kimi-auth with `usageline config "
           "set-cookie --provider kimi --stdin`"));
}

/* The token in what somebody pasted at `origin`. */
static struct credential *take(const struct provider_call *call, const char *pasted,
                               const char *origin, GError **error)
{
    autoptr(token) token = token_find(pasted);

    if (!token)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH,
                    _("there is no Kimi auth token in %s: it should hold the value of the cookie "
                      "kimi-auth, or a Cookie header with it"),
                    origin);
    else if (token_has_expired(token, call->now))
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH, _("%s, the one in %s; %s"), _(EXPIRED),
                    origin, _(sign_in_again(call, origin)));
    else
        return credential_new(g_steal_pointer(&token->text), origin);
    return NULL;
}

struct credential *web_token_find_manual(const struct provider_call *call, GError **error)
{
    const char *origin = NULL;
    autoptr(secret) pasted =
        credentials_find(call->paths, call->provider->id, CREDENTIAL_COOKIE_HEADER, &origin, error);

    return pasted ? take(call, secret_peek(pasted), origin, error) : NULL;
}

struct credential *web_token_find_environment(const struct provider_call *call, GError **error)
{
    static const char *const variables[] = {"KIMI_MANUAL_COOKIE", "kimi_manual_cookie",
                                            "KIMI_AUTH_TOKEN", "kimi_auth_token"};

    GError *first_error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *text = provider_variable(call, variables[i]);
        struct credential *credential =
            text ? take(call, text, variables[i], first_error ? NULL : &first_error) : NULL;
        if (credential) {
            g_clear_error(&first_error);
            return credential;
        }
    }
    if (first_error)
        g_propagate_error(error, first_error);
    return NULL;
}

char *web_token_address(const struct provider_call *call, const struct credential *credential,
                        GError **error)
{
    const char *region;

    (void)credential;
    if (!provider_setting(call, "region", &region, error))
        return NULL;
    return g_strconcat("https://", web_api_host(region), NULL);
}

void web_token_ask(const struct provider_call *call, const struct credential *credential,
                   struct answer *answer)
{
    const struct refusal_words words = {
        .what = EXPIRED,
        .remedy = sign_in_again(call, credential->origin),
        .forbidden_is_unauthorized = true,
    };
    autoptr(token) token = token_new(secret_peek(credential->secret), -1);
    const char *region;

    if (!provider_setting(call, "region", &region, &answer->error))
        return;
    struct service_question question = {
        .request = web_api_usages_request(region, token),
        .place = {.host = web_api_host(region), .console = endpoint_console(region)},
        .credential = credential,
        .words = &words,
        .region = region,
        .token = token,
    };
    service_ask(call, &question, answer);
    if (answer->snapshot)
        answer->snapshot->credential_expires_at = token->expires_at;
}

/* Whether a web token belongs beside another credential: if all sources may be used, and on the
 * site that it is for. */
static bool may_stand_beside(const struct provider_call *call, const char *region)
{
    const char *mode, *own_region;

    return !web_token_off(call) && provider_setting(call, "source", &mode, NULL) &&
           strcmp(mode, "auto") == 0 && provider_setting(call, "region", &own_region, NULL) &&
           strcmp(region, own_region) == 0;
}

struct token *web_token_at_hand(const struct provider_call *call, const char *region)
{
    const struct source *source;

    if (!may_stand_beside(call, region))
        return NULL;
    for (gsize i = 0; (source = source_at(i)); i++) {
        if (strcmp(source->mode, "web") != 0 || source_off(source, call))
            continue;
        /* One that is expired or unreadable is no reason to fail: this is a bonus. */
        autoptr(credential) credential = source->find(call, NULL);
        if (credential)
            return token_new(secret_peek(credential->secret), -1);
    }
    return NULL;
}
