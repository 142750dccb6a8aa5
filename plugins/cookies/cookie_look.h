/* What came of looking at one store: the report that people get, and the way to the cookie. */
#pragma once

#include "common/secret.h"
#include "plugins/cookies/cookie_outcome.h"
#include "plugins/cookies/cookie_store.h"

struct copy_room;
struct safe_storage;

/* Times are microseconds since 1970; 0: not told. */
struct cookie_look {
    struct cookie_store *store;
    enum cookie_outcome outcome;
    char *why;  /* for people; NULL: the outcome says it all */
    char *host; /* of the cookie; NULL: there is none */
    gint64 last_used;
    gint64 created;
    gint64 expires;
    bool is_remembered;   /* the store has not changed since it was read last */
    char *stamp;          /* of the store as it was read */
    struct secret *value; /* once it is opened */
    struct cookie_row *row;
};

/* Takes the store over. */
struct cookie_look *cookie_look_new(struct cookie_store *store);
void cookie_look_free(struct cookie_look *look);

/* Reads the store. `now` is in microseconds since 1970. `room` NULL: there is no place for a copy.
 */
void cookie_look_read(struct cookie_look *look, struct copy_room *room,
                      const struct cookie_query *query, gint64 now);

/* Gets at the value of a cookie whose row was read; else the outcome says why not. */
void cookie_look_open(struct cookie_look *look, struct safe_storage *storage);

/* Sets the outcome, and why; NULL: that says it all. Takes `why` over. */
void cookie_look_set(struct cookie_look *look, enum cookie_outcome outcome, char *why);
