/* The files that say what a process draws which goes on. */
#pragma once

#include "cli/draw/bar_state.h"

/* Absolute paths, ended by NULL, in an array that frees them; not all of them need be there.
 * `named` are files that the provider (NULL: none) has named, whose change may mend its last error;
 * NULL: none. */
GPtrArray *watched_files(const struct bar_state *bar, const char *provider, char *const *named);
