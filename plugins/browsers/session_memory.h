/* What is remembered of stores from one search to the next, in a file of the store's folder (mode
 * 0600): so that a store which has not changed is not read again, and the session that worked is
 * tried first. No value is in it. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"
#include "plugins/browsers/session.h"

struct session_memory;

/* Reads "<name>.sessions.json"; empty if there is none, or if it is about another query. */
struct session_memory *session_memory_load(const struct paths *paths, const char *name,
                                           const struct session_query *query);
void session_memory_free(struct session_memory *memory);
DEFINE_AUTOPTR(session_memory, session_memory_free);

/* Adds what is remembered of the store to the sessions and gives the store its stamp; false if that
 * is nothing, or the store has changed. `now` is in microseconds since 1970. */
bool session_memory_recall(const struct session_memory *memory, struct session_store *store,
                           gint64 now, GPtrArray *sessions);

/* The label of the session that worked last, NULL: none; and since when it is known to, in
 * microseconds since 1970. */
const char *session_memory_worked(const struct session_memory *memory, gint64 *since);
void session_memory_set_worked(struct session_memory *memory, const char *label, gint64 now);

/* When a keyring did not answer in time, in microseconds since 1970; 0: it did. */
gint64 session_memory_late(const struct session_memory *memory);
void session_memory_set_late(struct session_memory *memory, gint64 since);

/* Writes it, with these sessions and no others, if anything has changed. A memory that can't be
 * kept costs time and nothing else, so that is no error. */
void session_memory_save(const struct session_memory *memory, const GPtrArray *sessions);
