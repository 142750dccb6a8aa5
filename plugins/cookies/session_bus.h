/* The session bus, over which keyrings are asked. */
#pragma once

#include <gio/gio.h>

/* The connection that everybody in this process shares, for the caller to unref. NULL and an error
 * if there is no bus: none is started, as GIO would do without an address. */
GDBusConnection *session_bus_get(char **environment, GCancellable *patience, GError **error);
