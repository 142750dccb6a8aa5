#include "plugins/kimi/api_key.h"

#include "common/credentials.h"
#include "common/error.h"
#include "plugins/kimi/code_api.h"
#include "plugins/kimi/endpoint.h"
#include "plugins/support/http.h"

#define KEY_VARIABLE  "KIMI_CODE_API_KEY"
#define BASE_VARIABLE "KIMI_CODE_BASE_URL"
#define BASE_SETTING  "enterpriseHost"
#define CA_VARIABLE   "USAGELINE_CA_FILE"

/* A header can hold nothing else, and a line break in it would begin another one. */
static bool is_sendable(const struct secret *secret)
{
    for (const char *c = secret_peek(secret); *c != '\0'; c++) {
        if (!g_ascii_isgraph(*c))
            return false;
    }
    return true;
}

struct credential *api_key_find(const struct provider_call *call, GError **error)
{
    g_autoptr(GError) problem = NULL;
    const char *origin = NULL;
    const char *text = provider_variable(call, KEY_VARIABLE);
    autoptr(secret) secret =
        credentials_find(call->paths, call->provider->id, CREDENTIAL_API_KEY, &origin, &problem);
    struct credential *credential;

    if (!secret && text) {
        secret = credentials_strip(text);
        origin = KEY_VARIABLE;
    }
    if (!secret) {
        if (problem)
            g_propagate_error(error, g_steal_pointer(&problem));
        return NULL;
    }
    if (!is_sendable(secret)) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH,
                    "the API key in %s holds a space or another character that no key has; store "
                    "it again",
                    origin);
        return NULL;
    }
    credential = g_new0(struct credential, 1);
    credential->secret = g_steal_pointer(&secret);
    credential->origin = g_strdup(origin);
    return credential;
}

static struct endpoint *find_endpoint(const struct provider_call *call, GError **error)
{
    const char *region, *setting;
    const char *base = provider_variable(call, BASE_VARIABLE);

    if (!provider_setting(call, "region", &region, error) ||
        !provider_setting(call, BASE_SETTING, &setting, error))
        return NULL;
    if (base)
        return endpoint_new(region, base, BASE_VARIABLE, error);
    g_autofree char *named_by =
        g_strdup_printf("\"" BASE_SETTING "\" in %s", call->paths->config_file);
    return endpoint_new(region, setting, named_by, error);
}

static struct http_client *make_client(const struct provider_call *call, GError **error)
{
    const char *ca_file = provider_variable(call, CA_VARIABLE);

    if (ca_file)
        return http_client_new(ca_file, CA_VARIABLE, error);
    return http_client_new(call->config->ca_file, "network.caFile", error);
}

void api_key_ask(const struct provider_call *call, const struct credential *credential,
                 struct answer *answer)
{
    autoptr(endpoint) endpoint = find_endpoint(call, &answer->error);
    autoptr(http_client) client = endpoint ? make_client(call, &answer->error) : NULL;

    if (client)
        code_api_fetch(client, endpoint, credential->secret, call->now, answer);
}
