/* The session bus, on which keyrings and the notification server are. */
#pragma once

#include <gio/gio.h>

/* Returns the connection that this process shares, for the caller to unref. NULL and an error if
 * there is no bus: unlike GIO, this never starts one. `environment` is that of this process;
 * `patience` ends the waiting. */
GDBusConnection *session_bus_get(char **environment, GCancellable *patience, GError **error);
