/* The session bus: keyrings and the notification server are asked over it. */
#pragma once

#include <gio/gio.h>

/* The connection that everybody in this process shares, for the caller to unref. NULL and an error
 * if there is no bus: none is started, as GIO would do without an address. `environment` is that of
 * this process; `patience` ends the waiting. */
GDBusConnection *session_bus_get(char **environment, GCancellable *patience, GError **error);
