#include "plugins/cookies/session_bus.h"

#include <stdbool.h>

static bool has_address(char **environment)
{
    const char *address = g_environ_getenv(environment, "DBUS_SESSION_BUS_ADDRESS");
    const char *runtime = g_environ_getenv(environment, "XDG_RUNTIME_DIR");

    if ((address && address[0] != '\0') || !runtime)
        return address && address[0] != '\0';
    g_autofree char *path = g_build_filename(runtime, "bus", NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

GDBusConnection *session_bus_get(char **environment, GCancellable *patience, GError **error)
{
    GDBusConnection *bus;

    if (!has_address(environment)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is none to ask a keyring over");
        return NULL;
    }
    bus = g_bus_get_sync(G_BUS_TYPE_SESSION, patience, error);
    if (bus)
        g_dbus_connection_set_exit_on_close(bus, FALSE);
    return bus;
}
