#include "plugins/kimi/credential/settings.h"

#include "common/base/i18n.h"
#include "plugins/kimi/credential/token.h"

#include <string.h>

#define BASE_VARIABLE "KIMI_CODE_BASE_URL"
#define BASE_SETTING  "enterpriseHost"

static const char *const settings_modes[] = {"auto", "api", "cli", "web", NULL};
static const char *const settings_booleans[] = {"true", "false", NULL};

static const char *const settings_policies[] = {"auto", "manual", "off", NULL};

const struct provider_setting settings_list[] = {
    {.name = "source",
     .about = N_("Which credential to use"),
     .values = settings_modes,
     .is_option = true},
    {.name = "region",
     .about = N_("Which of Kimi's sites an API key belongs to: kimi.com (cn) or kimi.ai (global)"),
     .values = site_regions,
     .is_option = true},
    {.name = "cookieSource",
     .about = N_("Which web sessions may be used: all, only a pasted token, or only one from the "
                 "environment"),
     .values = settings_policies,
     .is_option = true},
    {.name = "cookieHeader",
     .about = N_("Token of a web session: access_token, the cookie kimi-auth, or a header with it"),
     .is_secret = true,
     .cookie = TOKEN_COOKIE,
     .item = TOKEN_ITEM},
    {.name = "browsers",
     .about = N_("Browsers to search for a session, the preferred one first; others are left "
                 "alone")},
    {.name = "otherTools",
     .about = N_("Whether to use a Kimi Code key that Kimi's client, opencode or pi has"),
     .values = settings_booleans},
    {.name = "apiKey", .about = N_("API key of Kimi Code, made in its console"), .is_secret = true},
    {.name = BASE_SETTING,
     .about = N_("Address to ask instead of Kimi's own, for an API key; HTTPS only")},
    {0},
};

const struct provider_variable settings_variables[] = {
    {"KIMI_CODE_API_KEY", N_("API key, if providers[].apiKey is not set"), true},
    {"KIMI_API_KEY", N_("The same, if it begins with sk-kimi-; other values are never used"), true},
    {BASE_VARIABLE, N_("Address to ask instead of Kimi's own, for an API key; HTTPS only"), false},
    {"KIMI_MANUAL_COOKIE", N_("Cookie header of a web session, with kimi-auth"), true},
    {"KIMI_AUTH_TOKEN", N_("Token of a web session"), true},
    {"KIMI_CODE_HOME", N_("Folder of Kimi's client, if not ~/.kimi-code"), false},
    {"KIMI_SHARE_DIR", N_("Folder of its predecessor kimi-cli, if not ~/.kimi"), false},
    {"KIMI_CODE_OAUTH_HOST", N_("If it names another host, the token of Kimi's client is not used"),
     false},
    {"KIMI_OAUTH_HOST", N_("If it names another host, the token of Kimi's client is not used"),
     false},
    {"USAGELINE_CA_FILE", N_("One more certificate authority to trust, PEM"), false},
    {0},
};

static bool settings_read_base(const struct provider_call *call, struct settings *settings,
                               GError **error)
{
    const char *variable = provider_variable(call, BASE_VARIABLE);

    if (!provider_setting(call, BASE_SETTING, &settings->base, error))
        return false;
    if (variable) {
        settings->base = variable;
        settings->base_named_by = g_strdup(BASE_VARIABLE);
    } else if (settings->base) {
        settings->base_named_by =
            g_strdup_printf(_("\"%s\" in %s"), BASE_SETTING, call->paths->config_file);
    }
    return true;
}

static enum cookie_policy settings_parse_policy(const char *name)
{
    if (strcmp(name, "off") == 0)
        return COOKIES_OFF;
    return strcmp(name, "manual") == 0 ? COOKIES_MANUAL : COOKIES_AUTO;
}

bool settings_read(const struct provider_call *call, struct settings *settings, GError **error)
{
    const char *region, *policy, *other_tools;
    const char *set = config_provider_string(call->config, call->provider->id, "region");

    *settings = (struct settings){0};
    if (!provider_setting(call, "source", &settings->mode, error) ||
        !provider_setting(call, "region", &region, error) ||
        !provider_setting(call, "cookieSource", &policy, error) ||
        !provider_setting(call, "otherTools", &other_tools, error) ||
        !provider_setting(call, "browsers", &settings->browsers, error) ||
        !settings_read_base(call, settings, error))
        return false;
    settings->site = site_for_region(region);
    settings->region_is_set = set || strcmp(region, sites[0].region) != 0;
    settings->cookies = settings_parse_policy(policy);
    settings->other_tools = strcmp(other_tools, "true") == 0;
    return true;
}

void settings_clear(struct settings *settings)
{
    g_clear_pointer(&settings->base_named_by, g_free);
}
