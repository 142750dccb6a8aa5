/* Starts programs that outlive this process, such as the browser that a click opens. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Starts argv[0] (searched in PATH unless it has a slash) in a session of its own, without input
 * and output, and does not wait for it. Errors are of kind internal. */
bool spawn_detached(const char *const argv[], GError **error);
