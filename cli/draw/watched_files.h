/* The files on which the line of a process depends that draws continuously. */
#pragma once

#include "cli/draw/bar_state.h"

/* Returns absolute paths, ended by NULL, in an array that frees them; not all of them need exist.
 * `named` are files that the `provider` has named because a change of them may end its last error;
 * NULL: none. */
GPtrArray *watched_files(const struct bar_state *bar, const char *provider, char *const *named);
