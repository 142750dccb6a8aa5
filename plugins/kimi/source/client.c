/* Source: the login of Kimi's own command-line client. Only its access token is read, and only
 * while it is valid. The refresh token is never used: that would sign the client out, because each
 * can be used once. The client's files are never written. */
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/secret.h"
#include "common/config/credentials.h"
#include "plugins/kimi/source/client_slot.h"
#include "plugins/kimi/source/source.h"
#include "plugins/kimi/source/stored_token.h"

#include <string.h>

#define SIGN_IN N_("sign in with Kimi's client (`kimi`, then /login), or use an API key")

static const struct refusal_words client_words = {
    .what = N_("the token of Kimi's client is refused"),
    .remedy = SIGN_IN,
};

/* The variables that send the client to another host, where its token belongs then. */
static const struct {
    const char *variable;
    gsize host; /* offset in struct site of the host that leaves the token where it is */
    const char *reason;
} client_hosts[] = {
    {"KIMI_CODE_BASE_URL", offsetof(struct site, api),
     N_("KIMI_CODE_BASE_URL names another host, and the token must not go there")},
    {"KIMI_CODE_OAUTH_HOST", offsetof(struct site, oauth_host),
     N_("KIMI_CODE_OAUTH_HOST names another host, which the token belongs to")},
    {"KIMI_OAUTH_HOST", offsetof(struct site, oauth_host),
     N_("KIMI_OAUTH_HOST names another host, which the token belongs to")},
};

/* Whether the address is on the host of this origin ("https://auth.kimi.ai"). */
static bool client_is_same_host(const char *address, const char *origin)
{
    g_autofree char *whole =
        strstr(address, "://") ? g_strdup(address) : g_strconcat("https://", address, NULL);
    g_autofree char *host = endpoint_parse_host(whole);

    return host && strcmp(host, origin + strlen("https://")) == 0;
}

static const char *client_why_off(const struct provider_call *call,
                                  G_GNUC_UNUSED const struct settings *settings)
{
    autoptr(client_slot) slot = client_slot_find(call);
    const struct site *site = slot && slot->site ? slot->site : sites;

    for (gsize i = 0; i < G_N_ELEMENTS(client_hosts); i++) {
        const char *address = provider_variable(call, client_hosts[i].variable);
        const char *origin = G_STRUCT_MEMBER(const char *, site, client_hosts[i].host);
        if (address && !client_is_same_host(address, origin))
            return _(client_hosts[i].reason);
    }
    return NULL;
}

/* Why the token can't be used; NULL: it can. */
static GError *client_check_token(const struct client_slot *slot, const struct json *json,
                                  const struct stored_token *stored, gint64 now)
{
    const char *text = json_string(json_get(json, "access_token"));

    if (text && text[0] == '\0' && stored->expires_at == 0)
        return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH, _("Kimi's client is signed out (%s); %s"),
                           slot->file, _(SIGN_IN));
    if (!stored->secret || !credentials_is_sendable(stored->secret))
        return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH, _("there is no usable token in %s; %s"),
                           slot->file, _(SIGN_IN));
    if (!stored_token_is_fresh(stored, now))
        return g_error_new(
            USAGE_ERROR, USAGE_ERROR_AUTH,
            _("the token of Kimi's client has run out: it lives 15 minutes, and the client renews "
              "it while it works. Run any `kimi` command, or use an API key, which does not run "
              "out: `usageline config set-api-key --provider kimi --stdin`"));
    return NULL;
}

/* Why the token must not go to its slot's site; NULL: it may. */
static GError *client_check_site(const struct client_slot *slot,
                                 const struct credential *credential)
{
    const struct site *own = credential->claims->site;

    if (credential->claims->is_foreign)
        return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                           _("the token in %s belongs to another site than Kimi's"), slot->file);
    if (!own || own == slot->site)
        return NULL;
    return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                       _("the token in %s belongs to %s, but the client's configuration names %s; "
                         "%s"),
                       slot->file, own->audience, slot->site->api_host, _(SIGN_IN));
}

static void client_add(const struct client_slot *slot, const struct json *json, gint64 now,
                       GPtrArray *candidates)
{
    autoclear(stored_token) stored = {0};
    struct endpoint *endpoint;
    GError *error;

    stored_token_read(json, "access_token", "expires_at", &stored);
    error = client_check_token(slot, json, &stored, now);
    if (error) {
        struct candidate *candidate = candidates_add_error(candidates, slot->file, error);
        if (stored.secret && credentials_is_sendable(stored.secret))
            candidate->expired_at = stored.expires_at;
        return;
    }
    endpoint = endpoint_new(slot->site, slot->base, slot->config, NULL); /* can't fail: checked */
    endpoint->is_chosen = false; /* by the user: it is Kimi's own */
    autoptr(credential) credential =
        credential_new(g_steal_pointer(&stored.secret), endpoint, &client_words);
    error = client_check_site(slot, credential);
    if (error)
        candidates_add_error(candidates, slot->file, error);
    else
        candidates_add(candidates, slot->file, g_steal_pointer(&credential));
}

/* The files that the client makes when somebody signs in for the first time. */
static void client_add_future_files(const struct provider_call *call, GPtrArray *files)
{
    const char *named = provider_variable(call, "KIMI_CODE_HOME");
    g_autofree char *home =
        named ? g_strdup(named) : g_build_filename(call->paths->home, ".kimi-code", NULL);

    for (const struct site *site = sites; site->region; site++) {
        g_autofree char *name = g_strconcat(site->slot, ".json", NULL);
        g_ptr_array_add(files, g_build_filename(home, "credentials", name, NULL));
    }
}

static void client_find(const struct provider_call *call,
                        G_GNUC_UNUSED const struct settings *settings, GPtrArray *candidates,
                        GPtrArray *files)
{
    autoptr(client_slot) slot = client_slot_find(call);
    g_autoptr(GError) problem = NULL;
    autoptr(json) json = NULL;

    if (!slot) {
        client_add_future_files(call, files);
        return;
    }
    if (slot->file)
        g_ptr_array_add(files, g_strdup(slot->file));
    g_ptr_array_add(files, g_strdup(slot->config));
    g_ptr_array_add(files, g_strdup(slot->region));
    if (slot->error) {
        candidates_add_error(candidates, slot->config, g_steal_pointer(&slot->error));
        return;
    }
    json = stored_token_read_file(slot->file, &problem);
    if (json)
        client_add(slot, json, call->now, candidates);
    else if (problem)
        candidates_add_error(
            candidates, slot->file,
            g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                        _("the login of Kimi's client in %s can't be used (%s); %s"), slot->file,
                        problem->message, _(SIGN_IN)));
}

const struct source client_source = {
    .name = "cli",
    .label = N_("Kimi's client"),
    .mode = "cli",
    .why_off = client_why_off,
    .find = client_find,
};
