#include "plugins/kimi/other_tools.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/secret.h"
#include "common/base/text.h"
#include "common/config/credentials.h"
#include "plugins/kimi/client_slot.h"
#include "plugins/kimi/source_list.h"
#include "plugins/kimi/stored_token.h"
#include "plugins/support/toml.h"

#include <string.h>

#define MAX_FILE      (256 * 1024)
#define MAX_SHOWN     60 /* characters of somebody else's name in a message */
#define MAX_PROVIDERS 64 /* tables of the client's configuration that are looked at */

static const struct refusal_words other_tools_words = {
    .what = N_("the key of another tool is invalid or expired"),
    .remedy = N_("renew it in that tool, or store one of your own with `usageline config "
                 "set-api-key --provider kimi --stdin`"),
};

/* The slots of opencode's auth.json, and the region of each. */
static const struct {
    const char *slot;
    const char *region;
} opencode_slots[] = {
    {"kimi-for-coding", "cn"},
    {"kimi-code-plan-cn", "cn"},
    {"kimi-code-plan-global", "global"},
};

const char *other_tools_off(const struct source_call *call)
{
    return call->settings->other_tools ? NULL : _("otherTools is false");
}

/* A key that can be sent becomes a candidate; `where` names its place within the file. */
static void other_tools_add(struct source_list *list, const struct site *site, struct secret *key,
                            const char *path, const char *where)
{
    g_autofree char *place = g_strdup_printf(_("%s (%s)"), path, where);
    struct endpoint *endpoint;

    if (!key || !credentials_is_sendable(key)) {
        secret_free(key);
        return;
    }
    endpoint = endpoint_new(site, NULL, path, NULL); /* of Kimi's own: no fault to find */
    g_ptr_array_add(list->candidates,
                    candidate_new(place, credential_new(site, key, endpoint, &other_tools_words)));
}

/* [providers.NAME] with a base_url on one of Kimi's hosts and an api_key of its own. */
static void other_tools_add_client(const struct source_call *call, struct source_list *list)
{
    g_autofree char *home = client_home(call->call);
    g_autofree char *path = home ? g_build_filename(home, "config.toml", NULL) : NULL;
    autoptr(toml) toml = path ? client_config_read(path) : NULL;
    g_auto(GStrv) names = toml ? toml_names(toml, "providers", NULL) : NULL;

    if (path)
        g_ptr_array_add(list->files, g_strdup(path));
    for (guint i = 0; names && names[i] && i < MAX_PROVIDERS; i++) {
        const char *base = toml_string(toml, "providers", names[i], "base_url", NULL);
        const char *key = toml_string(toml, "providers", names[i], "api_key", NULL);
        g_autofree char *host = base ? endpoint_host_of(base) : NULL;
        const struct site *site = site_for_api_host(host);
        g_autofree char *name = text_clean_line(names[i], MAX_SHOWN);
        g_autofree char *where = g_strconcat("providers.", name, NULL);

        if (site && key)
            other_tools_add(list, site, credentials_strip(key), path, where);
    }
}

static void other_tools_add_opencode(const struct source_call *call, struct source_list *list)
{
    const char *data = provider_variable(call->call, "XDG_DATA_HOME");
    g_autofree char *folder = data && g_path_is_absolute(data)
                                  ? g_strdup(data)
                                  : g_build_filename(call->call->paths->home, ".local/share", NULL);
    g_autofree char *path = g_build_filename(folder, "opencode", "auth.json", NULL);
    /* What can't be read is as if it were not there. */
    autoptr(json) json = stored_token_read_file(path, MAX_FILE, NULL);

    g_ptr_array_add(list->files, g_strdup(path));
    for (gsize i = 0; i < G_N_ELEMENTS(opencode_slots); i++) {
        const struct json *slot = json_get(json, opencode_slots[i].slot);
        const char *key = json_string(json_get(slot, "key"));

        if (key && g_strcmp0(json_string(json_get(slot, "type")), "api") == 0)
            other_tools_add(list, site_for_region(opencode_slots[i].region), credentials_strip(key),
                            path, opencode_slots[i].slot);
    }
}

/* pi signs in itself, and renews its token while it works. */
static void other_tools_add_pi(const struct source_call *call, struct source_list *list)
{
    static const char slot[] = "kimi-coding";
    g_autofree char *path =
        g_build_filename(call->call->paths->home, ".pi", "agent", "auth.json", NULL);
    /* What can't be read is as if it were not there. */
    autoptr(json) json = stored_token_read_file(path, MAX_FILE, NULL);
    autoclear(stored_token) stored = {0};
    const struct site *site;

    g_ptr_array_add(list->files, g_strdup(path));
    stored_token_read(json_get(json, slot), "access", "expires", &stored);
    if (!stored.secret)
        return;
    if (!stored_token_is_fresh(&stored, call->call->now)) {
        struct candidate *candidate = candidate_new_error(
            path,
            g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                        _("the token of pi in %s has run out; pi renews it while it works"), path));
        candidate->expired_at = stored.expires_at;
        g_ptr_array_add(list->candidates, candidate);
        return;
    }
    autoptr(token) claims = token_new(secret_peek(stored.secret), -1);
    if (claims->is_foreign)
        return;
    site = site_for_audience(claims->audience);
    other_tools_add(list, site ? site : sites, g_steal_pointer(&stored.secret), path, slot);
}

void *other_tools_open(const struct source_call *call)
{
    struct source_list *list = source_list_new();

    other_tools_add_client(call, list);
    other_tools_add_opencode(call, list);
    other_tools_add_pi(call, list);
    return list;
}
