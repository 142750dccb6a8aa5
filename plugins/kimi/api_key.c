#include "plugins/kimi/api_key.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/config/credentials.h"
#include "plugins/kimi/source_list.h"

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

/* The variables, best first, and what a value must begin with. */
static const struct {
    const char *name;
    const char *prefix;
} variables[] = {
    {"KIMI_CODE_API_KEY", ""},
    {"KIMI_API_KEY", "sk-kimi-"},
};

/* The first variable that has a key. */
static struct secret *api_key_find_variable(const struct provider_call *call, const char **origin)
{
    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *text = provider_variable(call, variables[i].name);
        struct secret *key = text ? credentials_strip(text) : NULL;

        if (key && g_str_has_prefix(secret_peek(key), variables[i].prefix)) {
            *origin = variables[i].name;
            return key;
        }
        secret_free(key);
    }
    return NULL;
}

static struct candidate *api_key_judge(const struct source_call *call, struct secret *key,
                                       const char *origin)
{
    const struct settings *settings = call->settings;
    struct endpoint *endpoint = NULL;
    struct credential *credential;
    GError *error = NULL;

    if (credentials_is_sendable(key))
        endpoint = endpoint_new(settings->site, settings->base, settings->base_named_by, &error);
    else
        error = g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                            _("the API key in %s holds a space or another character that no key "
                              "has; store it again"),
                            origin);
    if (!endpoint) {
        secret_free(key);
        return candidate_new_error(origin, error);
    }
    credential = credential_new(settings->site, key, endpoint, &api_key_words);
    credential->is_in_config = strcmp(origin, call->call->paths->config_file) == 0;
    return candidate_new(origin, credential);
}

void *api_key_open(const struct source_call *call)
{
    struct source_list *list = source_list_new();
    const char *origin = call->call->paths->credentials_file; /* for an error alone */
    GError *error = NULL;
    struct secret *key = credentials_find(call->call->paths, call->call->provider->id,
                                          CREDENTIAL_API_KEY, &origin, &error);

    if (!key)
        key = api_key_find_variable(call->call, &origin);
    if (key) {
        g_clear_error(&error);
        g_ptr_array_add(list->candidates, api_key_judge(call, key, origin));
    } else if (error) {
        g_ptr_array_add(list->candidates, candidate_new_error(origin, error));
    }
    return list;
}
