#include "plugins/browsers/keyring/safe_storage.h"

#include "common/base/i18n.h"
#include "plugins/support/session_bus.h"

/* The item that Chromium makes; old versions made the second. */
static const char *const browser_schemas[] = {"chrome_libsecret_os_crypt_password_v2",
                                              "chrome_libsecret_os_crypt_password", NULL};

/* The item that gnome-keyring makes for the desktop portal, as version 50 and as 42 name it. */
static const char *const portal_schemas[] = {"org.freedesktop.portal.Secret",
                                             "org.freedesktop.Secret.Generic", NULL};

/* An answer, for the next time that it is needed. */
struct safe_storage_entry {
    const struct browser *browser;
    bool is_portal;
    struct keyring_answer answer;
};

struct safe_storage {
    char **environment;
    const char *config;
    bool may_ask;
    bool timed_out;
    GPtrArray *entries;     /* of struct safe_storage_entry */
    GDBusConnection *bus;   /* NULL: not connected yet */
    GCancellable *patience; /* for all questions; NULL: none was asked yet */
};

static void safe_storage_entry_free(struct safe_storage_entry *entry)
{
    keyring_answer_clear(&entry->answer);
    g_free(entry);
}

struct safe_storage *safe_storage_new(char **environment, const char *config, bool may_ask)
{
    struct safe_storage *storage = g_new0(struct safe_storage, 1);

    storage->environment = environment;
    storage->config = config;
    storage->may_ask = may_ask;
    storage->entries = g_ptr_array_new_with_free_func((GDestroyNotify)safe_storage_entry_free);
    return storage;
}

/* Connects to the session bus, which the keyrings' libraries then share, and starts the clock. */
static bool safe_storage_connect(struct safe_storage *storage, struct keyring_answer *answer)
{
    g_autoptr(GError) error = NULL;

    if (storage->bus)
        return true;
    if (!storage->patience)
        storage->patience = session_bus_timeout(KEYRING_PATIENCE);
    storage->bus = session_bus_get(storage->environment, storage->patience, &error);
    if (!storage->bus)
        keyring_explain_error(answer, _("the session bus, to ask a keyring over"), error);
    return storage->bus != NULL;
}

void safe_storage_free(struct safe_storage *storage)
{
    if (!storage)
        return;
    g_clear_object(&storage->patience);
    g_clear_object(&storage->bus);
    g_ptr_array_unref(storage->entries);
    g_free(storage);
}

static void safe_storage_ask_browser(struct safe_storage *storage, const struct browser *browser,
                                     struct keyring_answer *answer)
{
    for (const char *const *name = browser->keyring; name && *name; name++)
        keyring_ask_secret_service("application", *name, browser_schemas, storage->patience,
                                   answer);
    for (const char *const *name = browser->wallet; name && *name; name++)
        keyring_ask_kwallet(*name, storage->config, storage->patience, answer);
}

/* For the portal, the app_id of a program without a sandbox is "". */
static void safe_storage_ask_portal(struct safe_storage *storage, const struct browser *browser,
                                    struct keyring_answer *answer)
{
    if (browser->flatpak)
        keyring_ask_secret_service("app_id", browser->flatpak, portal_schemas, storage->patience,
                                   answer);
    keyring_ask_secret_service("app_id", "", portal_schemas, storage->patience, answer);
}

static void safe_storage_ask_keyrings(struct safe_storage *storage,
                                      struct safe_storage_entry *entry)
{
    if (!storage->may_ask) {
        entry->answer.timed_out = true;
        keyring_explain(&entry->answer, _("the keyring did not answer a moment ago"));
        return;
    }
    if (safe_storage_connect(storage, &entry->answer))
        (entry->is_portal ? safe_storage_ask_portal
                          : safe_storage_ask_browser)(storage, entry->browser, &entry->answer);
    storage->timed_out = storage->timed_out || entry->answer.timed_out;
}

const struct keyring_answer *safe_storage_ask(struct safe_storage *storage,
                                              const struct browser *browser, bool is_portal)
{
    struct safe_storage_entry *entry;

    for (guint i = 0; i < storage->entries->len; i++) {
        entry = storage->entries->pdata[i];
        if (entry->browser == browser && entry->is_portal == is_portal)
            return &entry->answer;
    }
    entry = g_new0(struct safe_storage_entry, 1);
    entry->browser = browser;
    entry->is_portal = is_portal;
    entry->answer.passwords = g_ptr_array_new_with_free_func((GDestroyNotify)secret_free);
    safe_storage_ask_keyrings(storage, entry);
    g_ptr_array_add(storage->entries, entry);
    return &entry->answer;
}

bool safe_storage_timed_out(const struct safe_storage *storage)
{
    return storage->timed_out;
}
