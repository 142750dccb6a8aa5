/* Starts programs that outlive this process, such as the browser that a click opens. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Starts argv[0] (searched in PATH unless it has a slash) in a session of its own, without input
 * and output, and does not wait for it. Errors are of kind internal. */
bool spawn_detached(const char *const argv[], GError **error);

/* The same, but waits so many milliseconds for an early end: one with another exit status than 0 is
 * an error as well. A program that is still running then goes on. */
bool spawn_and_watch(const char *const argv[], gint64 time, GError **error);
