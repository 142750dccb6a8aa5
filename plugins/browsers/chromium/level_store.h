/* Reads localStorage of Chromium's family: one LevelDB database for all origins of a profile. As in
 * Chromium's sources (components/services/storage/dom_storage/local_storage_impl.cc), the key of an
 * item is "_ORIGIN", NUL, and its name in the form of values: a byte for the encoding, then the
 * text. Seen with Chromium 156. */
#pragma once

#include "plugins/browsers/store/session_store.h"

/* Reads the query's item of each origin from the database in the folder `copy`; see store_format.
 *
 * A process of its own does that, for no more than a few seconds: LevelDB ends the process on some
 * damaged files, takes its time with others, and leaves what it has read of other items in memory
 * that nobody wipes. */
GPtrArray *level_store_read(const struct session_store *store, const char *copy,
                            const struct session_query *query, GError **error);
