/* KWallet's service as browsers know it, on the session bus:
 *
 *   fake-kwallet --name org.kde.kwalletd6 [--entry FOLDER KEY PASSWORD]… [--closed] [--disabled]
 *                [--silent]
 *
 * --closed: the wallet is closed; opening it never ends, as if the real one waited for the user.
 * --disabled: the user has turned KWallet off. --silent: no method is answered.
 *
 * Calls are distinguished by name and signature, because isOpen, open and readPassword
 * exist more than once; a call that the real service doesn't know gets UnknownMethod. */
#include <gio/gio.h>
#include <stdbool.h>
#include <stdlib.h>

#define INTERFACE   "org.kde.KWallet"
#define WALLET      "kdewallet"
#define HANDLE      1234567
#define TRANSACTION 42
#define PASSWORD    1 /* KWallet::Wallet::EntryType */

struct fake_wallet {
    const char *name;
    GHashTable *folders; /* name → GHashTable of key → password */
    bool closed;
    bool disabled;
    bool silent;
};

static void add_folder(struct fake_wallet *wallet, const char *folder)
{
    if (!g_hash_table_contains(wallet->folders, folder))
        g_hash_table_insert(wallet->folders, g_strdup(folder),
                            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free));
}

static void write_entry(struct fake_wallet *wallet, const char *folder, const char *key,
                        const char *password)
{
    add_folder(wallet, folder);
    g_hash_table_insert(g_hash_table_lookup(wallet->folders, folder), g_strdup(key),
                        g_strdup(password));
}

/* NULL if there is none. */
static const char *read_entry(struct fake_wallet *wallet, const char *folder, const char *key)
{
    GHashTable *entries = g_hash_table_lookup(wallet->folders, folder);

    return entries ? g_hash_table_lookup(entries, key) : NULL;
}

/* Like the real service, treats a handle that it has not given as an empty wallet. */
static bool is_open(const struct fake_wallet *wallet, int handle)
{
    return !wallet->closed && !wallet->disabled && handle == HANDLE;
}

static GVariant *answer_state(struct fake_wallet *wallet, GVariant *arguments)
{
    (void)arguments;
    return g_variant_new("(b)", !wallet->disabled);
}

static GVariant *answer_name(struct fake_wallet *wallet, GVariant *arguments)
{
    (void)wallet, (void)arguments;
    return g_variant_new("(s)", WALLET);
}

static GVariant *answer_names(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *const names[] = {WALLET, NULL};

    (void)wallet, (void)arguments;
    return g_variant_new("(^as)", names);
}

static GVariant *answer_open(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *name;

    g_variant_get(arguments, "(&sx&s)", &name, NULL, NULL);
    if (wallet->disabled || g_strcmp0(name, WALLET) != 0)
        return g_variant_new("(i)", -1);
    return wallet->closed ? NULL : g_variant_new("(i)", HANDLE);
}

/* The handle comes later, by the signal of make_opened_signal(). */
static GVariant *answer_open_async(struct fake_wallet *wallet, GVariant *arguments)
{
    (void)wallet, (void)arguments;
    return g_variant_new("(i)", TRANSACTION);
}

/* The signal that follows openAsync(), when the user has said yes; NULL while the dialog is up. */
static GDBusMessage *make_opened_signal(struct fake_wallet *wallet, GDBusMessage *question)
{
    const char *name;

    g_variant_get(g_dbus_message_get_body(question), "(&sx&sb)", &name, NULL, NULL, NULL);
    if (wallet->closed || wallet->silent)
        return NULL;
    bool given = !wallet->disabled && g_strcmp0(name, WALLET) == 0;
    GDBusMessage *signal = g_dbus_message_new_signal(g_dbus_message_get_path(question), INTERFACE,
                                                     "walletAsyncOpened");
    g_dbus_message_set_body(signal, g_variant_new("(ii)", TRANSACTION, given ? HANDLE : -1));
    return signal;
}

static GVariant *answer_is_open_name(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *name;

    g_variant_get(arguments, "(&s)", &name);
    return g_variant_new("(b)", is_open(wallet, HANDLE) && g_strcmp0(name, WALLET) == 0);
}

static GVariant *answer_is_open(struct fake_wallet *wallet, GVariant *arguments)
{
    int handle;

    g_variant_get(arguments, "(i)", &handle);
    return g_variant_new("(b)", is_open(wallet, handle));
}

static GVariant *answer_has_folder(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *folder;
    int handle;

    g_variant_get(arguments, "(i&s&s)", &handle, &folder, NULL);
    return g_variant_new("(b)",
                         is_open(wallet, handle) && g_hash_table_contains(wallet->folders, folder));
}

static GVariant *answer_create_folder(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *folder;
    int handle;

    g_variant_get(arguments, "(i&s&s)", &handle, &folder, NULL);
    if (is_open(wallet, handle))
        add_folder(wallet, folder);
    return g_variant_new("(b)", is_open(wallet, handle));
}

/* The entry that (handle, folder, key, application) names; NULL if there is none. */
static const char *find_entry(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *folder, *key;
    int handle;

    g_variant_get(arguments, "(i&s&s&s)", &handle, &folder, &key, NULL);
    return is_open(wallet, handle) ? read_entry(wallet, folder, key) : NULL;
}

static GVariant *answer_has_entry(struct fake_wallet *wallet, GVariant *arguments)
{
    return g_variant_new("(b)", find_entry(wallet, arguments) != NULL);
}

static GVariant *answer_entry_type(struct fake_wallet *wallet, GVariant *arguments)
{
    return g_variant_new("(i)", find_entry(wallet, arguments) ? PASSWORD : 0);
}

static GVariant *answer_read(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *password = find_entry(wallet, arguments);

    return g_variant_new("(s)", password ? password : "");
}

static GVariant *answer_write(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *folder, *key, *password;
    int handle;

    g_variant_get(arguments, "(i&s&s&s&s)", &handle, &folder, &key, &password, NULL);
    if (!is_open(wallet, handle))
        return g_variant_new("(i)", -1);
    write_entry(wallet, folder, key, password);
    return g_variant_new("(i)", 0);
}

static GVariant *answer_key_missing(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *folder, *key;

    g_variant_get(arguments, "(&s&s&s)", NULL, &folder, &key);
    return g_variant_new("(b)", read_entry(wallet, folder, key) == NULL);
}

static GVariant *answer_folder_missing(struct fake_wallet *wallet, GVariant *arguments)
{
    const char *folder;

    g_variant_get(arguments, "(&s&s)", NULL, &folder);
    return g_variant_new("(b)", !g_hash_table_contains(wallet->folders, folder));
}

static GVariant *answer_close(struct fake_wallet *wallet, GVariant *arguments)
{
    (void)wallet, (void)arguments;
    return g_variant_new("(i)", 0);
}

static const struct method {
    const char *name;
    const char *signature;
    GVariant *(*answer)(struct fake_wallet *wallet, GVariant *arguments); /* NULL: never answers */
} methods[] = {
    {"isEnabled", "()", answer_state},
    {"networkWallet", "()", answer_name},
    {"localWallet", "()", answer_name},
    {"wallets", "()", answer_names},
    {"open", "(sxs)", answer_open},
    {"openAsync", "(sxsb)", answer_open_async},
    {"isOpen", "(s)", answer_is_open_name},
    {"isOpen", "(i)", answer_is_open},
    {"hasFolder", "(iss)", answer_has_folder},
    {"createFolder", "(iss)", answer_create_folder},
    {"hasEntry", "(isss)", answer_has_entry},
    {"entryType", "(isss)", answer_entry_type},
    {"readPassword", "(isss)", answer_read},
    {"writePassword", "(issss)", answer_write},
    {"keyDoesNotExist", "(sss)", answer_key_missing},
    {"folderDoesNotExist", "(ss)", answer_folder_missing},
    {"close", "(ibs)", answer_close},
};

static const struct method *find_method(const char *name, GVariant *arguments)
{
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++)
        if (g_strcmp0(methods[i].name, name) == 0 &&
            g_strcmp0(methods[i].signature, g_variant_get_type_string(arguments)) == 0)
            return &methods[i];
    return NULL;
}

static void send_message(GDBusConnection *bus, GDBusMessage *message)
{
    g_autoptr(GError) error = NULL;

    if (!g_dbus_connection_send_message(bus, message, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, &error))
        g_printerr("%s\n", error->message);
}

/* Runs in the thread of the connection, one message at a time. */
static GDBusMessage *answer_message(GDBusConnection *bus, GDBusMessage *message, gboolean incoming,
                                    gpointer data)
{
    struct fake_wallet *wallet = data;

    if (!incoming || g_dbus_message_get_message_type(message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL ||
        g_strcmp0(g_dbus_message_get_interface(message), INTERFACE) != 0)
        return message;
    g_autoptr(GDBusMessage) question = message;
    GVariant *body = g_dbus_message_get_body(question);
    g_autoptr(GVariant) arguments = body ? g_variant_ref(body) : g_variant_new_tuple(NULL, 0);
    const struct method *method = find_method(g_dbus_message_get_member(question), arguments);
    if (!method) {
        g_autoptr(GDBusMessage) refusal = g_dbus_message_new_method_error(
            question, "org.freedesktop.DBus.Error.UnknownMethod", "No such method '%s%s'",
            g_dbus_message_get_member(question), g_variant_get_type_string(arguments));
        send_message(bus, refusal);
        return NULL;
    }
    GVariant *value = wallet->silent ? NULL : method->answer(wallet, arguments);
    if (value) {
        g_autoptr(GDBusMessage) reply = g_dbus_message_new_method_reply(question);
        g_dbus_message_set_body(reply, value);
        send_message(bus, reply);
    }
    if (method->answer == answer_open_async) {
        g_autoptr(GDBusMessage) signal = make_opened_signal(wallet, question);
        if (signal)
            send_message(bus, signal);
    }
    return NULL;
}

static bool read_arguments(struct fake_wallet *wallet, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (g_str_equal(argv[i], "--name") && i + 1 < argc) {
            wallet->name = argv[++i];
        } else if (g_str_equal(argv[i], "--entry") && i + 3 < argc) {
            write_entry(wallet, argv[i + 1], argv[i + 2], argv[i + 3]);
            i += 3;
        } else if (g_str_equal(argv[i], "--closed")) {
            wallet->closed = true;
        } else if (g_str_equal(argv[i], "--disabled")) {
            wallet->disabled = true;
        } else if (g_str_equal(argv[i], "--silent")) {
            wallet->silent = true;
        } else {
            g_printerr("fake-kwallet: %s\n", argv[i]);
            return false;
        }
    }
    return true;
}

static void exit_without_name(GDBusConnection *bus, const char *name, gpointer data)
{
    (void)bus, (void)data;
    g_printerr("fake-kwallet: no bus, or %s is taken\n", name);
    exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
    g_autoptr(GHashTable) folders =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    struct fake_wallet wallet = {.name = "org.kde.kwalletd6", .folders = folders};
    g_autoptr(GError) error = NULL;

    if (!read_arguments(&wallet, argc, argv))
        return 2;
    g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &error);
    if (!bus) {
        g_printerr("fake-kwallet: %s\n", error->message);
        return EXIT_FAILURE;
    }
    g_dbus_connection_add_filter(bus, answer_message, &wallet, NULL);
    g_bus_own_name_on_connection(bus, wallet.name, G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                 exit_without_name, NULL, NULL);
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    g_main_loop_run(loop);
    return EXIT_SUCCESS;
}
