/* Source: a Kimi Code key, or a token for the Code API, that another tool has: Kimi's client in its
 * config.toml, opencode, pi. Their files are never written, and they are read only if the user's
 * own key and the login of Kimi's client are missing. */
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/secret.h"
#include "common/base/text.h"
#include "common/config/credentials.h"
#include "plugins/kimi/source/client_slot.h"
#include "plugins/kimi/source/source.h"
#include "plugins/kimi/source/stored_token.h"
#include "plugins/support/toml.h"

#define MAX_SHOWN     60 /* characters of somebody else's name in a message */
#define MAX_PROVIDERS 64 /* in the client's configuration */

static const struct refusal_words other_tools_words = {
    .what = N_("the key of another tool is invalid or expired"),
    .remedy = N_("renew it in that tool, or store one of your own with `usageline config "
                 "set-api-key --provider kimi --stdin`"),
};

/* The slots of opencode's auth.json. */
static const struct {
    const char *slot;
    const char *region;
} other_tools_opencode_slots[] = {
    {"kimi-for-coding", "cn"},
    {"kimi-code-plan-cn", "cn"},
    {"kimi-code-plan-global", "global"},
};

static const char *other_tools_why_off(G_GNUC_UNUSED const struct provider_call *call,
                                       const struct settings *settings)
{
    return settings->other_tools ? NULL : _("otherTools is false");
}

/* Adds a candidate for a key, unless that is NULL or can't be sent, and takes ownership of the key;
 * `where` is its place in the file. */
static void other_tools_add_key(GPtrArray *candidates, const struct site *site, struct secret *key,
                                const char *path, const char *where)
{
    g_autofree char *place = g_strdup_printf(_("%s (%s)"), path, where);
    struct endpoint *endpoint;

    if (!key || !credentials_is_sendable(key)) {
        secret_free(key);
        return;
    }
    endpoint = endpoint_new(site, NULL, path, NULL); /* can't fail: it is Kimi's own */
    candidates_add(candidates, place, credential_new(key, endpoint, &other_tools_words));
}

/* [providers.NAME] with a base_url on one of Kimi's hosts and an api_key of its own. */
static void other_tools_add_client(const struct provider_call *call, GPtrArray *candidates,
                                   GPtrArray *files)
{
    g_autofree char *home = client_slot_home(call);
    g_autofree char *path = home ? g_build_filename(home, "config.toml", NULL) : NULL;
    autoptr(toml) toml = path ? client_slot_read_config(path) : NULL;
    g_auto(GStrv) names = toml ? toml_names(toml, "providers", NULL) : NULL;

    if (path)
        g_ptr_array_add(files, g_strdup(path));
    for (guint i = 0; names && names[i] && i < MAX_PROVIDERS; i++) {
        const char *base = toml_string(toml, "providers", names[i], "base_url", NULL);
        const char *key = toml_string(toml, "providers", names[i], "api_key", NULL);
        g_autofree char *host = base ? endpoint_parse_host(base) : NULL;
        const struct site *site = site_for_api_host(host);
        g_autofree char *name = text_clean_line(names[i], MAX_SHOWN);
        g_autofree char *where = g_strconcat("providers.", name, NULL);

        if (site && key)
            other_tools_add_key(candidates, site, credentials_strip(key), path, where);
    }
}

static void other_tools_add_opencode(const struct provider_call *call, GPtrArray *candidates,
                                     GPtrArray *files)
{
    const char *data = provider_variable(call, "XDG_DATA_HOME");
    g_autofree char *folder = data && g_path_is_absolute(data)
                                  ? g_strdup(data)
                                  : g_build_filename(call->paths->home, ".local/share", NULL);
    g_autofree char *path = g_build_filename(folder, "opencode", "auth.json", NULL);
    autoptr(json) json = stored_token_read_file(path, NULL); /* NULL: none */

    g_ptr_array_add(files, g_strdup(path));
    for (gsize i = 0; i < G_N_ELEMENTS(other_tools_opencode_slots); i++) {
        const struct json *slot = json_get(json, other_tools_opencode_slots[i].slot);
        const char *key = json_string(json_get(slot, "key"));

        if (key && g_strcmp0(json_string(json_get(slot, "type")), "api") == 0)
            other_tools_add_key(candidates, site_for_region(other_tools_opencode_slots[i].region),
                                credentials_strip(key), path, other_tools_opencode_slots[i].slot);
    }
}

/* pi signs in by itself, and renews its token while it works. */
static void other_tools_add_pi(const struct provider_call *call, GPtrArray *candidates,
                               GPtrArray *files)
{
    static const char slot[] = "kimi-coding";
    g_autofree char *path = g_build_filename(call->paths->home, ".pi", "agent", "auth.json", NULL);
    autoptr(json) json = stored_token_read_file(path, NULL); /* NULL: none */
    autoclear(stored_token) stored = {0};

    g_ptr_array_add(files, g_strdup(path));
    stored_token_read(json_get(json, slot), "access", "expires", &stored);
    if (!stored.secret)
        return;
    if (!stored_token_is_fresh(&stored, call->now)) {
        struct candidate *expired = candidates_add_error(
            candidates, path,
            g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                        _("the token of pi in %s has run out; pi renews it while it works"), path));
        expired->expired_at = stored.expires_at;
        return;
    }
    autoptr(token) claims = token_new(secret_peek(stored.secret), -1);
    if (!claims->is_foreign)
        other_tools_add_key(candidates, claims->site ? claims->site : sites,
                            g_steal_pointer(&stored.secret), path, slot);
}

static void other_tools_find(const struct provider_call *call,
                             G_GNUC_UNUSED const struct settings *settings, GPtrArray *candidates,
                             GPtrArray *files)
{
    other_tools_add_client(call, candidates, files);
    other_tools_add_opencode(call, candidates, files);
    other_tools_add_pi(call, candidates, files);
}

const struct source other_tools_source = {
    .name = "other-tools",
    .label = N_("key of another tool"),
    .mode = "api",
    .is_last_resort = true,
    .why_off = other_tools_why_off,
    .find = other_tools_find,
};
