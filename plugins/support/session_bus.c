#include "plugins/support/session_bus.h"

#include "common/base/i18n.h"

#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether there is a bus already. GIO would start one if the address says so, and if no socket of
 * this user is in the place of the bus. */
static bool session_bus_has_address(char **environment)
{
    const char *address = g_environ_getenv(environment, "DBUS_SESSION_BUS_ADDRESS");
    const char *runtime = g_environ_getenv(environment, "XDG_RUNTIME_DIR");
    GStatBuf status;

    if (address && address[0] != '\0')
        return !strstr(address, "autolaunch:");
    if (!runtime)
        return false;
    g_autofree char *path = g_build_filename(runtime, "bus", NULL);
    return g_stat(path, &status) == 0 && S_ISSOCK(status.st_mode) && status.st_uid == geteuid();
}

struct session_bus_clock {
    GCancellable *patience;
    gint64 wait;
};

static gpointer session_bus_run_clock(gpointer data)
{
    struct session_bus_clock *clock = data;

    g_usleep((gulong)clock->wait);
    g_cancellable_cancel(clock->patience);
    g_object_unref(clock->patience);
    g_free(clock);
    return NULL;
}

GCancellable *session_bus_timeout(gint64 wait)
{
    struct session_bus_clock *clock = g_new(struct session_bus_clock, 1);
    GCancellable *patience = g_cancellable_new();

    *clock = (struct session_bus_clock){.patience = g_object_ref(patience), .wait = wait};
    g_thread_unref(g_thread_new("patience", session_bus_run_clock, clock));
    return patience;
}

GDBusConnection *session_bus_get(char **environment, GCancellable *patience, GError **error)
{
    GDBusConnection *bus;

    if (!session_bus_has_address(environment)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("there is none"));
        return NULL;
    }
    bus = g_bus_get_sync(G_BUS_TYPE_SESSION, patience, error);
    if (bus)
        g_dbus_connection_set_exit_on_close(bus, FALSE);
    return bus;
}
