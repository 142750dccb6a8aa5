/* The session bus, on which keyrings and the notification server are. */
#pragma once

#include <gio/gio.h>

/* Returns a cancellable that a thread cancels after so many microseconds, because a call over D-Bus
 * blocks until its answer is there; for the caller to unref. The thread ends then, or with the
 * program. */
GCancellable *session_bus_timeout(gint64 wait);

/* Returns the connection that this process shares, for the caller to unref. NULL and an error if
 * there is no bus: unlike GIO, this never starts one. `environment` is that of this process;
 * `patience` ends the waiting. */
GDBusConnection *session_bus_get(char **environment, GCancellable *patience, GError **error);
