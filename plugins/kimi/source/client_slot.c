#include "plugins/kimi/source/client_slot.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "plugins/kimi/credential/endpoint.h"
#include "plugins/support/quiet_file.h"
#include "plugins/support/toml.h"

#include <string.h>

#define TABLE       "managed:kimi-code" /* in [providers] */
#define KEY_PREFIX  "oauth/"
#define MAX_CONFIG  (256 * 1024)
#define MAX_REGION  64
#define MAX_SHOWN   60 /* characters of somebody else's text in a message */
#define PLAIN_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

/* Newest first. */
static const struct {
    const char *variable; /* with the folder */
    const char *folder;   /* in the home folder, if the variable is not set */
} client_slot_homes[] = {
    {"KIMI_CODE_HOME", ".kimi-code"},
    {"KIMI_SHARE_DIR", ".kimi"},
};

char *client_slot_home(const struct provider_call *call)
{
    for (gsize i = 0; i < G_N_ELEMENTS(client_slot_homes); i++) {
        const char *named = provider_variable(call, client_slot_homes[i].variable);
        g_autofree char *home =
            named ? g_strdup(named)
                  : g_build_filename(call->paths->home, client_slot_homes[i].folder, NULL);

        if (g_path_is_absolute(home) && g_file_test(home, G_FILE_TEST_IS_DIR))
            return g_steal_pointer(&home);
    }
    return NULL;
}

struct toml *client_slot_read_config(const char *path)
{
    gsize length = 0;
    char *text = quiet_read(path, MAX_CONFIG, &length, NULL);
    struct toml *toml = text ? toml_parse(text, length) : NULL;

    if (text)
        explicit_bzero(text, length);
    g_free(text);
    return toml;
}

G_GNUC_PRINTF(2, 3)
static void client_slot_refuse(struct client_slot *slot, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *why = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    slot->error = g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                              _("the login of Kimi's client is not used: %s"), why);
}

static void client_slot_set(struct client_slot *slot, const struct site *site, const char *base,
                            const char *name)
{
    g_autofree char *file = g_strconcat(name, ".json", NULL);

    slot->site = site;
    slot->base = g_strdup(base);
    slot->file = g_build_filename(slot->home, "credentials", file, NULL);
}

/* The file "region" has the choice made when the client was installed. */
static void client_slot_use_region(struct client_slot *slot)
{
    gsize length = 0;
    g_autofree char *text = quiet_read(slot->region, MAX_REGION, &length, NULL);
    const struct site *site = text ? site_for_region(g_strstrip(text)) : NULL;

    if (!site) /* "mainland-cn", or anything else */
        site = sites;
    client_slot_set(slot, site, NULL, site->slot);
}

/* Whether the slot may be sent to this site: not if it is another site's, left behind by an earlier
 * login. Other names, which are those of test servers, may belong to either. */
static bool client_slot_fits(const char *name, const struct site *site)
{
    for (const struct site *other = sites; other->region; other++) {
        if (other != site && strcmp(name, other->slot) == 0)
            return false;
    }
    return true;
}

static void client_slot_use_table(struct client_slot *slot, const struct toml *toml)
{
    const char *base = toml_string(toml, "providers", TABLE, "base_url", NULL);
    const char *storage = toml_string(toml, "providers", TABLE, "oauth", "storage", NULL);
    const char *key = toml_string(toml, "providers", TABLE, "oauth", "key", NULL);
    g_autofree char *host = base ? endpoint_parse_host(base) : g_strdup(sites->api_host);
    const struct site *site = site_for_api_host(host);
    const char *name = key && g_str_has_prefix(key, KEY_PREFIX) ? key + strlen(KEY_PREFIX) : key;

    if (!site) {
        g_autofree char *shown = text_clean_line(host ? host : "", MAX_SHOWN);
        client_slot_refuse(slot, _("%s names another host than Kimi's (%s)"), slot->config, shown);
        return;
    }
    if (g_strcmp0(storage, "keyring") == 0) {
        client_slot_refuse(slot, _("the client keeps it in the keyring, which usageline does not "
                                   "read; use an API key"));
        return;
    }
    if (!name)
        name = site->slot;
    if (name[0] == '\0' || strlen(name) > 128 || name[strspn(name, PLAIN_CHARS)] != '\0') {
        client_slot_refuse(slot, _("\"key\" in %s is not a plain name"), slot->config);
        return;
    }
    if (!client_slot_fits(name, site)) {
        client_slot_refuse(slot, _("%s names the login of another site than %s"), slot->config,
                           site->api_host);
        return;
    }
    client_slot_set(slot, site, base, name);
}

struct client_slot *client_slot_find(const struct provider_call *call)
{
    g_autofree char *home = client_slot_home(call);
    struct client_slot *slot;

    if (!home)
        return NULL;
    slot = g_new0(struct client_slot, 1);
    slot->config = g_build_filename(home, "config.toml", NULL);
    slot->region = g_build_filename(home, "region", NULL);
    slot->home = g_steal_pointer(&home);
    autoptr(toml) toml = client_slot_read_config(slot->config);
    if (toml && toml_has(toml, "providers", TABLE, NULL))
        client_slot_use_table(slot, toml);
    else
        client_slot_use_region(slot);
    return slot;
}

void client_slot_free(struct client_slot *slot)
{
    if (!slot)
        return;
    g_free(slot->home);
    g_free(slot->config);
    g_free(slot->region);
    g_free(slot->file);
    g_free(slot->base);
    g_clear_error(&slot->error);
    g_free(slot);
}
