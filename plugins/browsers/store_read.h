/* Reads one store, of any kind, from a private copy. */
#pragma once

#include "plugins/browsers/browser_store.h"
#include "plugins/browsers/copy_room.h"

/* The rows of what is looked for (struct session_row); the store gets its stamp. NULL and an error
 * that says what is wrong with the store. `room` NULL: there is no place for a copy. */
GPtrArray *store_read(struct session_store *store, struct copy_room *room,
                      const struct session_query *query, GError **error);

/* What changes when the store does; NULL: it can't be looked at. The caller frees it. */
char *store_stamp(const struct session_store *store);

/* Adds the paths of files that change when somebody signs in. */
void store_add_files(const struct session_store *store, GPtrArray *files);
