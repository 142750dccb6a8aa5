/* One session that was found, or one store in which there is none: the report that people get, and
 * the way to the value. */
#pragma once

#include "common/base/secret.h"
#include "plugins/browsers/browser_store.h"
#include "plugins/browsers/session_outcome.h"

struct safe_storage;

/* Times are microseconds since 1970; 0: unknown. */
struct session {
    const struct session_store *store;
    char *label; /* for people, and not the same for any two: "Chromium, Default: local storage of
                  * www.kimi.com"; where nothing was found the store's */
    enum session_kind kind;
    enum session_outcome outcome;
    char *why;        /* for people; NULL: the outcome says it all */
    char *place;      /* host of the cookie, origin of the item; NULL: none */
    char *container;  /* as the store names it; NULL: none */
    gint64 last_used; /* of an item: when its store was changed last */
    gint64 created;
    gint64 expires;       /* the caller may set it when it has looked into the value */
    bool is_remembered;   /* the store has not changed since it was read last */
    struct secret *value; /* once it is opened */

    /* Of the search alone. */
    struct session_row *row; /* what was read; NULL: nothing, or it is opened */
};

/* Both belong to the caller of this; a row is taken over. `row` NULL: there is no session. `now` is
 * in microseconds since 1970. */
struct session *session_new(const struct session_store *store, struct session_row *row, gint64 now);
void session_free(struct session *session);

/* Sets the outcome, and why; NULL: that says it all. Takes ownership of `why`. */
void session_set(struct session *session, enum session_outcome outcome, char *why);

/* Whether the row is of this session, in the same store. */
bool session_is_at(const struct session *session, const struct session_row *row);

/* Gets at the value of a session whose row was read; else the outcome says why not. */
void session_open(struct session *session, struct safe_storage *storage);

/* Names all sessions, none as another. */
void sessions_label(const GPtrArray *sessions);
