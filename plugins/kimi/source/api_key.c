/* Source: the API key that the user gave: providers[].apiKey (the configuration, then stored
 * credentials), else KIMI_CODE_API_KEY, else KIMI_API_KEY if its value begins with "sk-kimi-": any
 * other value belongs to another product. */
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/config/credentials.h"
#include "plugins/kimi/source/source.h"

#include <string.h>

static const struct refusal_words api_key_words = {
    .what = N_("the API key is invalid or expired"),
    .remedy = N_("store another with `usageline config set-api-key --provider kimi --stdin` (not a "
                 "key of the Moonshot Open Platform or of the other region); make one in the "
                 "console"),
    .remedy_in_config = N_("replace it (not by a key of the Moonshot Open Platform or of the other "
                           "region); make one in the console"),
    .names_console = true,
};

/* Best first. */
static const struct {
    const char *name;
    const char *prefix; /* of a value that is used */
} api_key_variables[] = {
    {"KIMI_CODE_API_KEY", ""},
    {"KIMI_API_KEY", "sk-kimi-"},
};

static struct secret *api_key_read_variable(const struct provider_call *call, const char **where)
{
    for (gsize i = 0; i < G_N_ELEMENTS(api_key_variables); i++) {
        const char *text = provider_variable(call, api_key_variables[i].name);
        struct secret *key = text ? credentials_strip(text) : NULL;

        if (key && g_str_has_prefix(secret_peek(key), api_key_variables[i].prefix)) {
            *where = api_key_variables[i].name;
            return key;
        }
        secret_free(key);
    }
    return NULL;
}

/* Takes ownership of the key. */
static void api_key_add(const struct provider_call *call, const struct settings *settings,
                        struct secret *key, const char *where, GPtrArray *candidates)
{
    struct endpoint *endpoint = NULL;
    struct credential *credential;
    GError *error = NULL;

    if (credentials_is_sendable(key))
        endpoint = endpoint_new(settings->site, settings->base, settings->base_named_by, &error);
    else
        error = g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                            _("the API key in %s holds a space or another character that no key "
                              "has; store it again"),
                            where);
    if (!endpoint) {
        secret_free(key);
        candidates_add_error(candidates, where, error);
        return;
    }
    credential = credential_new(key, endpoint, &api_key_words);
    credential->is_in_config = strcmp(where, call->paths->config_file) == 0;
    candidates_add(candidates, where, credential);
}

static void api_key_find(const struct provider_call *call, const struct settings *settings,
                         GPtrArray *candidates, G_GNUC_UNUSED GPtrArray *files)
{
    const char *where = call->paths->credentials_file; /* if that can't be read */
    g_autoptr(GError) error = NULL;
    struct secret *key =
        credentials_find(call->paths, call->provider->id, CREDENTIAL_API_KEY, &where, &error);

    if (!key)
        key = api_key_read_variable(call, &where);
    if (key)
        api_key_add(call, settings, key, where, candidates);
    else if (error)
        candidates_add_error(candidates, where, g_steal_pointer(&error));
}

const struct source api_key_source = {
    .name = "api-key",
    .label = N_("API key"),
    .mode = "api",
    .find = api_key_find,
};
