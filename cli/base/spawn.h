/* Programs that go on by themselves: a browser that a click opens. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Starts argv[0] (looked for in PATH if it has no slash) in a session of its own, with nothing to
 * read and nowhere to write, and does not wait for it. Errors are of kind internal. */
bool spawn_detached(const char *const argv[], GError **error);

/* The same for a command of usageline; `arguments` ended by NULL. */
bool spawn_command(const char *const arguments[], GError **error);
