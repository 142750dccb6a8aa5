/* What is remembered of stores from one look to the next, in a file of the store's folder (mode
 * 0600): so that a store which has not changed is not read again, and the cookie that worked is
 * tried first. No value of a cookie is in it. */
#pragma once

#include "common/autoptr.h"
#include "common/paths.h"
#include "plugins/cookies/cookie_look.h"

struct cookie_memory;

/* Reads "<name>.cookies.json"; empty if there is none, or if it is about other cookies. */
struct cookie_memory *cookie_memory_load(const struct paths *paths, const char *name,
                                         const struct cookie_query *query);
void cookie_memory_free(struct cookie_memory *memory);
DEFINE_AUTOPTR(cookie_memory, cookie_memory_free);

/* Fills the look with what is remembered; false if that is nothing, or the store has changed, or
 * its cookie has expired since. `now` is in microseconds since 1970. */
bool cookie_memory_recall(const struct cookie_memory *memory, struct cookie_look *look, gint64 now);

/* Remembers these looks, which must outlive the memory, and no others. */
void cookie_memory_keep(struct cookie_memory *memory, const GPtrArray *looks);

/* The label of the store whose cookie worked last, NULL: none; and since when it is known to, in
 * microseconds since 1970. */
const char *cookie_memory_worked(const struct cookie_memory *memory, gint64 *since);

/* Notes that the cookie of this store worked `now`. */
void cookie_memory_set_worked(struct cookie_memory *memory, const char *label, gint64 now);

/* When a keyring did not answer in time, in microseconds since 1970; 0: it did. */
gint64 cookie_memory_late(const struct cookie_memory *memory);
void cookie_memory_set_late(struct cookie_memory *memory, gint64 since);

/* Writes it, if anything has changed. A memory that can't be kept costs time and nothing else, so
 * that is no error. */
void cookie_memory_save(struct cookie_memory *memory);
