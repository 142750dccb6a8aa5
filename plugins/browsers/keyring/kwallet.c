/* keyring_ask_kwallet: KWallet's D-Bus interface, org.kde.KWallet. */
#include "common/base/i18n.h"
#include "plugins/browsers/keyring/keyring.h"

#define APPLICATION "usageline"
#define INTERFACE   "org.kde.KWallet"

/* The daemons of Plasma 6 and 5. */
static const struct kwallet_daemon {
    const char *name;
    const char *path;
} daemons[] = {
    {"org.kde.kwalletd6", "/modules/kwalletd6"},
    {"org.kde.kwalletd5", "/modules/kwalletd5"},
};

struct kwallet {
    GDBusConnection *bus;
    const struct kwallet_daemon *daemon;
    GCancellable *patience;
};

/* Calls a method whose reply has this type. Starts no daemon, because its wallet would be closed.
 */
static GVariant *kwallet_call(const struct kwallet *wallet, const char *method, GVariant *arguments,
                              const char *reply, GError **error)
{
    return g_dbus_connection_call_sync(
        wallet->bus, wallet->daemon->name, wallet->daemon->path, INTERFACE, method, arguments,
        G_VARIANT_TYPE(reply), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, wallet->patience, error);
}

/* Whether KWallet would ask the user each time that a program opens a wallet. */
static bool kwallet_would_prompt(const char *config)
{
    g_autofree char *file = g_build_filename(config, "kwalletrc", NULL);
    g_autoptr(GKeyFile) settings = g_key_file_new();

    return g_key_file_load_from_file(settings, file, G_KEY_FILE_NONE, NULL) &&
           g_key_file_get_boolean(settings, "Wallet", "Prompt on Open", NULL);
}

/* The name of the user's wallet, which the caller frees; NULL if it is not open. */
static char *kwallet_find_open(const struct kwallet *wallet, struct keyring_answer *answer,
                               GError **error)
{
    g_autoptr(GVariant) named = kwallet_call(wallet, "networkWallet", NULL, "(s)", error);
    g_autofree char *name = NULL;
    gboolean is_open = FALSE;

    if (!named)
        return NULL;
    g_variant_get(named, "(s)", &name);
    g_autoptr(GVariant) state =
        kwallet_call(wallet, "isOpen", g_variant_new("(s)", name), "(b)", error);
    if (!state)
        return NULL;
    g_variant_get(state, "(b)", &is_open);
    if (is_open)
        return g_steal_pointer(&name);
    answer->is_locked = true;
    keyring_explain(answer, _("the wallet \"%s\" (KWallet) is closed"), name);
    return NULL;
}

static void kwallet_read_password(const struct kwallet *wallet, gint32 handle, const char *name,
                                  struct keyring_answer *answer, GError **error)
{
    g_autofree char *folder = g_strconcat(name, " Keys", NULL);
    g_autofree char *entry = g_strconcat(name, " Safe Storage", NULL);
    g_autoptr(GVariant) reply =
        kwallet_call(wallet, "readPassword",
                     g_variant_new("(isss)", handle, folder, entry, APPLICATION), "(s)", error);
    char *password = NULL;

    if (reply)
        g_variant_get(reply, "(s)", &password);
    if (password && password[0] != '\0')
        g_ptr_array_add(answer->passwords, secret_new(password, -1));
    secret_wipe(password);
}

static void kwallet_ask_daemon(const struct kwallet *wallet, const char *name, const char *config,
                               struct keyring_answer *answer, GError **error)
{
    g_autofree char *open = kwallet_find_open(wallet, answer, error);
    g_autoptr(GVariant) opened = NULL;
    gint32 handle = -1;

    if (!open)
        return;
    if (kwallet_would_prompt(config)) {
        answer->is_locked = true;
        keyring_explain(answer, _("KWallet is set to ask before a program may use a wallet"));
        return;
    }
    opened = kwallet_call(wallet, "open", g_variant_new("(sxs)", open, (gint64)0, APPLICATION),
                          "(i)", error);
    if (opened)
        g_variant_get(opened, "(i)", &handle);
    if (handle < 0)
        return;
    kwallet_read_password(wallet, handle, name, answer, error);
    g_autoptr(GVariant) closed = kwallet_call(
        wallet, "close", g_variant_new("(ibs)", handle, FALSE, APPLICATION), "(i)", NULL);
}

void keyring_ask_kwallet(const char *name, const char *config, GCancellable *patience,
                         struct keyring_answer *answer)
{
    g_autoptr(GError) error = NULL;
    struct kwallet wallet = {.patience = patience};

    wallet.bus = g_bus_get_sync(G_BUS_TYPE_SESSION, patience, &error);
    for (gsize i = 0; wallet.bus && i < G_N_ELEMENTS(daemons); i++) {
        g_clear_error(&error);
        wallet.daemon = &daemons[i];
        kwallet_ask_daemon(&wallet, name, config, answer, &error);
        if (error)
            keyring_explain_error(answer, "KWallet", error);
        if (answer->passwords->len > 0)
            break;
    }
    g_clear_object(&wallet.bus);
}
