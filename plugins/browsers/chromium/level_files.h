/* The files of a LevelDB database, as LevelDB's doc/impl.md has them: CURRENT, the manifest that it
 * names, and all tables and logs. They are copied because LevelDB writes to what it opens. */
#pragma once

#include "plugins/browsers/store/session_store.h"

#define LEVEL_MAX_FILES 2048 /* a folder with more is none that a browser made for localStorage */

extern const struct copy_method level_copy_method;

/* Adds the log that LevelDB writes to, and the folder, which changes with each new log. */
void level_files_add(const struct session_store *store, GPtrArray *files);
