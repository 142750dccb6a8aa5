/* A 0700 folder of our own for one private copy at a time of a browser's files, in memory
 * ($XDG_RUNTIME_DIR) where there is such a place. The system copies the files: what else is in them
 * does not come into this process. What a killed process left behind is removed by the next one. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"

#include <glib.h>
#include <stdbool.h>

#define COPY_MAX_BYTES                                                                             \
    (64 * 1024 * 1024) /* one database, or a folder; what is larger is not read */

struct copy_room;

/* `runtime` is $XDG_RUNTIME_DIR or NULL. NULL and an error if there is no place for a folder. */
struct copy_room *copy_room_new(const struct paths *paths, const char *runtime, GError **error);
void copy_room_free(struct copy_room *room);
DEFINE_AUTOPTR(copy_room, copy_room_free);

/* The folder's path, and a descriptor of it; both belong to the room. */
const char *copy_room_folder(const struct copy_room *room);
int copy_room_descriptor(const struct copy_room *room);

/* Copies an open file to a new one of this name, if it is not larger than `left`, which becomes so
 * much less. False and an error that says what is wrong, without a name. */
bool copy_room_add(struct copy_room *room, int from, const char *name, gsize *left, GError **error);

/* Files of a browser that are taken as they are at one moment. */
struct copy_method {
    /* What changes when they do; the caller frees it. The time of the last change (microseconds
     * since 1970) goes to `newest`. NULL and an error if they can't be looked at. */
    char *(*stamp)(const char *path, gint64 *newest, GError **error);

    /* Copies them to the room, which is empty. */
    bool (*copy)(struct copy_room *room, const char *path, GError **error);
};

/* Takes them whole, or again. False and an error that says what is wrong with them; else their
 * stamp, which the caller frees, and when they were changed last. */
bool copy_room_take(struct copy_room *room, const struct copy_method *method, const char *path,
                    char **stamp, gint64 *changed, GError **error);

/* Removes the copy. */
void copy_room_empty(struct copy_room *room);
