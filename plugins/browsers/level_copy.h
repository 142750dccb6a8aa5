/* How a folder of LevelDB is copied, for LevelDB writes to what it opens: CURRENT, the manifest
 * that it names, and all tables and logs, as LevelDB's doc/impl.md has them. */
#pragma once

#include "plugins/browsers/copy_room.h"

#define LEVEL_MAX_FILES 2048 /* a folder with more is none that a browser made for localStorage */

extern const struct copy_method level_copy_method;

/* The names of the database's files in the folder, sorted; at most LEVEL_MAX_FILES of them. NULL
 * and an error that says what is wrong. */
GPtrArray *level_list(int folder, GError **error);
