/* What one search remembers of stores for the next, in a file of the store's folder (mode 0600): a
 * store that has not changed is not read again, and the session that worked is tried first. The
 * file holds no values. */
#pragma once

#include "common/base/json.h"
#include "common/base/paths.h"
#include "plugins/browsers/session.h"

struct session_memory {
    const struct paths *paths;
    char *name;             /* of the file */
    char *query;            /* what the outcomes are about */
    struct json *json;      /* what was saved; NULL: nothing about this query */
    char *worked;           /* label of the session that worked last; NULL: none */
    gint64 worked_since;    /* microseconds since 1970, as the next */
    gint64 keyring_timeout; /* when a keyring last timed out; 0: never */
};

/* Reads "<name>.sessions.json"; empty if there is none, or if it is about another query. */
struct session_memory *session_memory_load(const struct paths *paths, const char *name,
                                           const struct session_query *query);
void session_memory_free(struct session_memory *memory);

/* Adds what is remembered of the store to the sessions and gives the store its stamp; false if
 * nothing is, or the store has changed. `now` is in microseconds since 1970. */
bool session_memory_recall(const struct session_memory *memory, struct session_store *store,
                           gint64 now, GPtrArray *sessions);

/* Writes it, with these sessions and no others, if anything has changed. Errors are ignored:
 * without a memory the next search only takes longer. */
void session_memory_save(const struct session_memory *memory, const GPtrArray *sessions);
