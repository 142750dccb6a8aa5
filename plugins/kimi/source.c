#include "plugins/kimi/source.h"

#include "common/error.h"
#include "plugins/kimi/api_key.h"
#include "plugins/kimi/browser.h"
#include "plugins/kimi/kimi_cli.h"
#include "plugins/kimi/web_token.h"

#include <string.h>

const char *const source_modes[] = {"auto", "api", "cli", "web", NULL};

static const struct source sources[] = {
    {"api-key", "api", NULL, api_key_find, api_key_address, api_key_ask},
    {"cli", "cli", kimi_cli_off, kimi_cli_find, kimi_cli_address, kimi_cli_ask},
    {"manual-token", "web", web_token_off, web_token_find_manual, web_token_address, web_token_ask},
    {"environment-token", "web", NULL, web_token_find_environment, web_token_address,
     web_token_ask},
    {"desktop-app", "web", browser_off, browser_find_app, web_token_address, browser_ask_app,
     browser_list_app},
    {"browser", "web", browser_off, browser_find, web_token_address, browser_ask, browser_list},
};

const struct source *source_at(gsize index)
{
    return index < G_N_ELEMENTS(sources) ? &sources[index] : NULL;
}

bool source_belongs_to(const struct source *source, const char *mode)
{
    return strcmp(mode, "auto") == 0 || strcmp(mode, source->mode) == 0;
}

const char *source_off(const struct source *source, const struct provider_call *call)
{
    return source->off ? source->off(call) : NULL;
}

struct credential *credential_new(struct secret *secret, const char *origin)
{
    struct credential *credential = g_new0(struct credential, 1);

    credential->secret = secret;
    credential->origin = g_strdup(origin);
    return credential;
}

void credential_free(struct credential *credential)
{
    if (!credential)
        return;
    secret_free(credential->secret);
    g_free(credential->origin);
    g_free(credential);
}

const char *credential_remedy(const struct provider_call *call, const char *origin,
                              const char *in_config, const char *elsewhere)
{
    return strcmp(origin, call->paths->config_file) == 0 ? in_config : elsewhere;
}

bool credential_is_sendable(const struct secret *secret)
{
    for (const char *c = secret_peek(secret); *c != '\0'; c++) {
        if (!g_ascii_isgraph(*c))
            return false;
    }
    return true;
}

#define WITH_KEY "  usageline config set-api-key --provider kimi --stdin\n"
#define WITH_CLI "  sign in with Kimi's own command-line client\n"
#define WITH_COOKIE                                                                                \
    "  sign in to kimi.com in a browser, or store its cookie kimi-auth by hand:\n"                 \
    "  usageline config set-cookie --provider kimi --stdin\n"
#define WITH_VARIABLES "  KIMI_CODE_API_KEY or KIMI_AUTH_TOKEN in the environment of the bar"

/* A line for each source that must not be looked at: with those, what to do is of no use. */
static char *describe_off(const struct provider_call *call, const char *mode)
{
    GString *text = g_string_new(NULL);
    const struct source *source;

    for (gsize i = 0; (source = source_at(i)); i++) {
        const char *off = source_belongs_to(source, mode) ? source_off(source, call) : NULL;
        if (off)
            g_string_append_printf(text, "\nNot used: %s (%s)", source->name, off);
    }
    return g_string_free(text, FALSE);
}

void source_set_missing(const struct provider_call *call, const char *mode, GError **error)
{
    static const struct {
        const char *mode;
        const char *message;
    } messages[] = {
        {"auto", "Kimi auth token is missing. Any one of these gives it:\n" WITH_KEY WITH_CLI
                     WITH_COOKIE WITH_VARIABLES},
        {"api", "Kimi auth token is missing, and \"source\" asks for an API key. Either of these "
                "gives it:\n" WITH_KEY "  KIMI_CODE_API_KEY in the environment of the bar"},
        {"cli", "Kimi auth token is missing, and \"source\" asks for that of Kimi's own "
                "command-line client: sign in with it"},
        {"web",
         "Kimi auth token is missing, and \"source\" asks for that of a web session. No Kimi "
         "session cookies found; any one of these gives it:\n" WITH_COOKIE
         "  KIMI_AUTH_TOKEN in the environment of the bar"},
    };
    gsize i = 0;

    while (strcmp(messages[i].mode, mode) != 0)
        i++;
    g_autofree char *off = describe_off(call, mode);
    g_autofree char *looked = strcmp(mode, "web") == 0 ? browser_describe(call) : g_strdup("");
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH, "%s%s%s%s", messages[i].message,
                looked[0] != '\0' ? "\n" : "", looked, off);
}
