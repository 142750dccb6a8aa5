/* A private copy of a browser's cookie database, for the browser may be writing to the original,
 * and SQLite can't read that without leaving files beside it. Copies lie in a 0700 folder of our
 * own, in memory ($XDG_RUNTIME_DIR) where there is such a place, and the system copies them: the
 * values of other cookies do not come into this process. What a killed process left behind is
 * removed by the next one. */
#pragma once

#include "common/autoptr.h"
#include "common/paths.h"

#include <glib.h>

#define STORE_MAX_BYTES (64 * 1024 * 1024) /* a database or a log that is larger is not read */

/* What changes when the store at `path` does: which files there are of it, their sizes and times.
 * The caller frees it. */
char *store_stamp(const char *path);

struct copy_room;

/* A folder for one copy at a time. `runtime` is $XDG_RUNTIME_DIR or NULL. NULL and an error if
 * there is no place for it. */
struct copy_room *copy_room_new(const struct paths *paths, const char *runtime, GError **error);
void copy_room_free(struct copy_room *room);
DEFINE_AUTOPTR(copy_room, copy_room_free);

/* Copies the database at `path` with its log or journal, as they are at one moment, in the place of
 * the copy that was there. Gives the path of the copy, which belongs to the room, and the stamp of
 * what was copied, which the caller frees. NULL and an error that says what is wrong with the
 * store, without its name. */
const char *copy_room_take(struct copy_room *room, const char *path, char **stamp, GError **error);

/* Removes the copy. */
void copy_room_empty(struct copy_room *room);
