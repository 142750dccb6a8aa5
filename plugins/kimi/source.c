#include "plugins/kimi/source.h"

#include "common/credentials.h"
#include "common/error.h"
#include "plugins/kimi/api_key.h"

#include <string.h>

const char *const source_modes[] = {"auto", "api", "cli", "web", NULL};

static const struct source sources[] = {
    {"api-key", "api", api_key_find, api_key_ask},
};

const struct source *source_at(gsize index)
{
    return index < G_N_ELEMENTS(sources) ? &sources[index] : NULL;
}

bool source_belongs_to(const struct source *source, const char *mode)
{
    return strcmp(mode, "auto") == 0 || strcmp(mode, source->mode) == 0;
}

void credential_free(struct credential *credential)
{
    if (!credential)
        return;
    secret_free(credential->secret);
    g_free(credential->origin);
    g_free(credential);
}

void source_set_missing(GError **error)
{
    g_set_error_literal(
        error, USAGE_ERROR, USAGE_ERROR_AUTH,
        "Kimi auth token is missing. Store an API key with `usageline config set-api-key "
        "--provider "
        "kimi --stdin` or set KIMI_CODE_API_KEY; or sign in to kimi.com in a browser, or set "
        "KIMI_AUTH_TOKEN");
}
