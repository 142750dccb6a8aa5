#include "plugins/browsers/safe_storage.h"

#include "common/base/i18n.h"
#include "plugins/support/session_bus.h"

#include <string.h>

/* Of the item that Chromium makes; the second is that of old versions. */
static const char *const browser_schemas[] = {"chrome_libsecret_os_crypt_password_v2",
                                              "chrome_libsecret_os_crypt_password", NULL};

/* Of the item that gnome-keyring makes for the desktop portal: as it is named since version 50, and
 * as it was seen with 42. */
static const char *const portal_schemas[] = {"org.freedesktop.portal.Secret",
                                             "org.freedesktop.Secret.Generic", NULL};

struct known {
    const struct browser *browser;
    bool is_portal;
    struct keyring_answer answer;
};

struct safe_storage {
    char **environment;
    const char *config;
    bool may_ask;
    bool was_late;
    GPtrArray *known;     /* of struct known */
    GDBusConnection *bus; /* NULL: not asked for yet */

    /* The end of all patience: a thread of its own, for calls over D-Bus wait for the whole answer.
     */
    GThread *clock;
    GCancellable *patience;
    GMutex lock;
    GCond done;
    bool is_done;
};

static void known_free(struct known *known)
{
    keyring_answer_clear(&known->answer);
    g_free(known);
}

struct safe_storage *safe_storage_new(char **environment, const char *config, bool may_ask)
{
    struct safe_storage *storage = g_new0(struct safe_storage, 1);

    storage->environment = environment;
    storage->config = config;
    storage->may_ask = may_ask;
    storage->known = g_ptr_array_new_with_free_func((GDestroyNotify)known_free);
    g_mutex_init(&storage->lock);
    g_cond_init(&storage->done);
    return storage;
}

static gpointer run_clock(gpointer data)
{
    struct safe_storage *storage = data;
    gint64 end = g_get_monotonic_time() + KEYRING_PATIENCE;
    bool in_time = true;

    g_mutex_lock(&storage->lock);
    while (!storage->is_done && in_time)
        in_time = g_cond_wait_until(&storage->done, &storage->lock, end);
    g_mutex_unlock(&storage->lock);
    if (!in_time)
        g_cancellable_cancel(storage->patience);
    return NULL;
}

static void start_clock(struct safe_storage *storage)
{
    if (storage->clock)
        return;
    storage->patience = g_cancellable_new();
    storage->clock = g_thread_new("patience", run_clock, storage);
}

/* Connects to the session bus, which everybody below then shares. */
static bool connect_bus(struct safe_storage *storage, struct keyring_answer *answer)
{
    g_autoptr(GError) error = NULL;

    if (storage->bus)
        return true;
    start_clock(storage);
    storage->bus = session_bus_get(storage->environment, storage->patience, &error);
    if (!storage->bus)
        keyring_explain_error(answer, _("the session bus, to ask a keyring over"), error);
    return storage->bus != NULL;
}

void safe_storage_free(struct safe_storage *storage)
{
    if (!storage)
        return;
    if (storage->clock) {
        g_mutex_lock(&storage->lock);
        storage->is_done = true;
        g_cond_signal(&storage->done);
        g_mutex_unlock(&storage->lock);
        g_thread_join(storage->clock);
        g_object_unref(storage->patience);
    }
    g_clear_object(&storage->bus);
    g_ptr_array_unref(storage->known);
    g_mutex_clear(&storage->lock);
    g_cond_clear(&storage->done);
    g_free(storage);
}

static void ask_browser(struct safe_storage *storage, const struct browser *browser,
                        struct keyring_answer *answer)
{
    for (const char *const *name = browser->keyring; name && *name; name++) {
        const struct keyring_item item = {"application", *name, browser_schemas};
        keyring_ask_secret_service(&item, storage->patience, answer);
    }
    for (const char *const *name = browser->wallet; name && *name; name++)
        keyring_ask_kwallet(*name, storage->config, storage->patience, answer);
}

/* The portal calls an unsandboxed program by no name at all. */
static void ask_portal(struct safe_storage *storage, const struct browser *browser,
                       struct keyring_answer *answer)
{
    const char *const names[] = {browser->flatpak, ""};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const struct keyring_item item = {"app_id", names[i], portal_schemas};
        if (names[i])
            keyring_ask_secret_service(&item, storage->patience, answer);
    }
}

static void ask(struct safe_storage *storage, const struct browser *browser, bool is_portal,
                struct keyring_answer *answer)
{
    if (!storage->may_ask) {
        answer->is_late = true;
        keyring_explain(answer, _("the keyring did not answer a moment ago"));
        return;
    }
    if (connect_bus(storage, answer))
        (is_portal ? ask_portal : ask_browser)(storage, browser, answer);
    storage->was_late = storage->was_late || answer->is_late;
}

const struct keyring_answer *safe_storage_ask(struct safe_storage *storage,
                                              const struct browser *browser, bool is_portal)
{
    struct known *known;

    for (guint i = 0; i < storage->known->len; i++) {
        known = storage->known->pdata[i];
        if (known->browser == browser && known->is_portal == is_portal)
            return &known->answer;
    }
    known = g_new0(struct known, 1);
    known->browser = browser;
    known->is_portal = is_portal;
    known->answer.passwords = g_ptr_array_new_with_free_func((GDestroyNotify)secret_free);
    ask(storage, browser, is_portal, &known->answer);
    g_ptr_array_add(storage->known, known);
    return &known->answer;
}

bool safe_storage_was_late(const struct safe_storage *storage)
{
    return storage->was_late;
}
