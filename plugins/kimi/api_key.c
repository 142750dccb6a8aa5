#include "plugins/kimi/api_key.h"

#include "common/credentials.h"
#include "common/error.h"
#include "common/i18n.h"
#include "plugins/kimi/code_api.h"
#include "plugins/kimi/endpoint.h"
#include "plugins/kimi/service.h"
#include "plugins/kimi/web_token.h"

#define KEY_VARIABLE  "KIMI_CODE_API_KEY"
#define BASE_VARIABLE "KIMI_CODE_BASE_URL"
#define BASE_SETTING  "enterpriseHost"

struct credential *api_key_find(const struct provider_call *call, GError **error)
{
    g_autoptr(GError) problem = NULL;
    const char *origin = NULL;
    const char *text = provider_variable(call, KEY_VARIABLE);
    autoptr(secret) secret =
        credentials_find(call->paths, call->provider->id, CREDENTIAL_API_KEY, &origin, &problem);

    if (!secret && text) {
        secret = credentials_strip(text);
        origin = KEY_VARIABLE;
    }
    if (!secret) {
        if (problem)
            g_propagate_error(error, g_steal_pointer(&problem));
        return NULL;
    }
    if (!credential_is_sendable(secret)) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH,
                    _("the API key in %s holds a space or another character that no key has; store "
                      "it again"),
                    origin);
        return NULL;
    }
    return credential_new(g_steal_pointer(&secret), origin);
}

/* `is_chosen` tells whether the user named the address. */
static struct endpoint *find_endpoint(const struct provider_call *call, const char **region,
                                      bool *is_chosen, GError **error)
{
    const char *setting;
    const char *base = provider_variable(call, BASE_VARIABLE);

    if (!provider_setting(call, "region", region, error) ||
        !provider_setting(call, BASE_SETTING, &setting, error))
        return NULL;
    *is_chosen = base || setting;
    if (base)
        return endpoint_new(*region, base, BASE_VARIABLE, error);
    g_autofree char *named_by =
        g_strdup_printf(_("\"%s\" in %s"), BASE_SETTING, call->paths->config_file);
    return endpoint_new(*region, setting, named_by, error);
}

char *api_key_address(const struct provider_call *call, const struct credential *credential,
                      GError **error)
{
    const char *region = NULL;
    bool is_chosen = false;
    autoptr(endpoint) endpoint = find_endpoint(call, &region, &is_chosen, error);

    (void)credential;
    return endpoint ? endpoint_address(endpoint) : NULL;
}

void api_key_ask(const struct provider_call *call, const struct credential *credential,
                 struct answer *answer)
{
    const struct refusal_words words = {
        .what = N_("the API key is invalid or expired"),
        .remedy = credential_remedy(
            call, credential->origin,
            N_("put another in its place (not one of the Moonshot Open Platform or of another "
               "region); the console makes them"),
            N_("store another with `usageline config set-api-key --provider kimi --stdin` (not one "
               "of the Moonshot Open Platform or of another region); the console makes them")),
        .names_console = true,
    };
    const char *region = NULL;
    bool is_chosen = false;
    autoptr(endpoint) endpoint = find_endpoint(call, &region, &is_chosen, &answer->error);

    if (!endpoint)
        return;
    autoptr(token) token = web_token_at_hand(call, region);
    struct service_question question = {
        .request = code_api_request(endpoint, credential->secret),
        .place = {endpoint->host, endpoint->console, is_chosen},
        .credential = credential,
        .words = &words,
        .region = region,
        .token = token,
    };
    service_ask(call, &question, answer);
}
