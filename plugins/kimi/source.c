#include "plugins/kimi/source.h"

#include "common/error.h"
#include "common/i18n.h"
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

#define SET_KEY    "usageline config set-api-key --provider kimi --stdin"
#define SET_COOKIE "usageline config set-cookie --provider kimi --stdin"
#define SIGN_IN    N_("sign in to kimi.com in a browser, or store its cookie kimi-auth by hand:")

/* What is to be told if a mode has found nothing, and the ways out of it. Commands stay as they are
 * in all languages. */
static const struct missing {
    const char *mode;
    const char *message;
    const char *lines[6];
} missing[] = {
    {"auto",
     N_("Kimi auth token is missing. Any one of these gives it:"),
     {SET_KEY, N_("sign in with Kimi's own command-line client"), SIGN_IN, SET_COOKIE,
      N_("KIMI_CODE_API_KEY or KIMI_AUTH_TOKEN in the environment of the bar")}},
    {"api",
     N_("Kimi auth token is missing, and \"source\" asks for an API key. Either of these gives "
        "it:"),
     {SET_KEY, N_("KIMI_CODE_API_KEY in the environment of the bar")}},
    {"cli",
     N_("Kimi auth token is missing, and \"source\" asks for that of Kimi's own command-line "
        "client: sign in with it"),
     {NULL}},
    {"web",
     N_("Kimi auth token is missing, and \"source\" asks for that of a web session. No Kimi "
        "session cookies found; any one of these gives it:"),
     {SIGN_IN, SET_COOKIE, N_("KIMI_AUTH_TOKEN in the environment of the bar")}},
};

/* A line for each source that must not be looked at: with those, what to do is of no use. */
static char *describe_off(const struct provider_call *call, const char *mode)
{
    GString *text = g_string_new(NULL);
    const struct source *source;

    for (gsize i = 0; (source = source_at(i)); i++) {
        const char *off = source_belongs_to(source, mode) ? source_off(source, call) : NULL;
        if (!off)
            continue;
        g_string_append_c(text, '\n');
        g_string_append_printf(text, _("Not used: %s (%s)"), source->name, off);
    }
    return g_string_free(text, FALSE);
}

void source_set_missing(const struct provider_call *call, const char *mode, GError **error)
{
    const struct missing *found = missing;
    g_autoptr(GString) text = g_string_new(NULL);

    while (strcmp(found->mode, mode) != 0)
        found++;
    g_string_append(text, _(found->message));
    for (const char *const *line = found->lines; *line; line++)
        g_string_append_printf(text, "\n  %s", _(*line));
    if (strcmp(mode, "web") == 0) {
        g_autofree char *looked = browser_describe(call);
        g_string_append_printf(text, "%s%s", looked[0] != '\0' ? "\n" : "", looked);
    }
    g_autofree char *off = describe_off(call, mode);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH, "%s%s", text->str, off);
}
