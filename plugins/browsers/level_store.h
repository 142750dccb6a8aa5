/* localStorage of Chromium's family: one LevelDB database for all origins of a profile. As
 * Chromium's sources have it (components/services/storage/dom_storage/local_storage_impl.cc), an
 * item is below "_ORIGIN", NUL, and its key as its values are: a byte for the form, then the text.
 * Seen with Chromium 156. */
#pragma once

#include "plugins/browsers/browser_store.h"

/* Why this build can't read LevelDB; NULL: it can. */
extern const char *const level_missing;

/* Reads the query's item of each origin from the database in `folder`, a private copy, into rows
 * (struct session_row) without times; an empty array if there is none. NULL and an error that says
 * what is wrong with the database.
 *
 * A process of its own does that, for no more than a few seconds: LevelDB ends the process on some
 * damaged files, takes its time with others, and leaves what it has read of other items in memory
 * that nobody wipes. */
GPtrArray *level_read(const char *folder, const struct session_query *query, GError **error);
