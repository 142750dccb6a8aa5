#include "plugins/kimi/api_key.h"

#include "common/credentials.h"
#include "common/error.h"
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
                    "the API key in %s holds a space or another character that no key has; store "
                    "it again",
                    origin);
        return NULL;
    }
    return credential_new(g_steal_pointer(&secret), origin);
}

static struct endpoint *find_endpoint(const struct provider_call *call, const char **region,
                                      GError **error)
{
    const char *setting;
    const char *base = provider_variable(call, BASE_VARIABLE);

    if (!provider_setting(call, "region", region, error) ||
        !provider_setting(call, BASE_SETTING, &setting, error))
        return NULL;
    if (base)
        return endpoint_new(*region, base, BASE_VARIABLE, error);
    g_autofree char *named_by =
        g_strdup_printf("\"" BASE_SETTING "\" in %s", call->paths->config_file);
    return endpoint_new(*region, setting, named_by, error);
}

void api_key_ask(const struct provider_call *call, const struct credential *credential,
                 struct answer *answer)
{
    static const struct refusal_words words = {
        .what = "the API key is invalid or expired",
        .remedy = "store another with `usageline config set-api-key --provider kimi --stdin` (not "
                  "one of the Moonshot Open Platform or of another region); the console makes them",
        .names_console = true,
    };
    const char *region = NULL;
    autoptr(endpoint) endpoint = find_endpoint(call, &region, &answer->error);
    autoptr(token) token = endpoint ? web_token_at_hand(call) : NULL;

    if (!endpoint)
        return;
    struct service_question question = {
        .request = code_api_request(endpoint, credential->secret),
        .place = {.host = endpoint->host, .console = endpoint->console},
        .secret = credential->secret,
        .words = &words,
        .region = region,
        .token = token,
    };
    service_ask(call, &question, answer);
}
