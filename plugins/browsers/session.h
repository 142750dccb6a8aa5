/* One session that was found, or one store without a session: what people are told of it, and the
 * way to its value. */
#pragma once

#include "common/base/secret.h"
#include "plugins/browsers/store/store_listing.h"

enum session_outcome {
    SESSION_FOUND,
    SESSION_ABSENT,     /* the store has none */
    SESSION_EXPIRED,    /* it is no longer valid */
    SESSION_REFUSED,    /* the service refused it; only the caller can tell */
    SESSION_LOCKED,     /* its key is in a keyring that is locked */
    SESSION_SEALED,     /* it can't be decrypted */
    SESSION_UNREADABLE, /* the store, or the value, can't be read */
};

/* The outcome's name in JSON ("found") and for people ("no session"). */
const char *session_outcome_name(enum session_outcome outcome);
const char *session_outcome_words(enum session_outcome outcome);

/* Finds the outcome with this name; false if there is none. */
bool session_outcome_from_name(const char *name, enum session_outcome *outcome);

/* Times are microseconds since 1970; 0: unknown. */
struct session {
    struct session_store *store;
    char *label; /* for people, unique: "Chromium, Default: local storage of www.kimi.com", or, if
                  * there is no session, the store's */
    enum session_kind kind;
    enum session_outcome outcome;
    char *why;        /* for people; NULL: the outcome says it all */
    char *place;      /* host of the cookie, origin of the item; NULL: none */
    char *container;  /* as the store names it; NULL: none */
    gint64 last_used; /* of an item: when its store was last changed */
    gint64 created;
    gint64 expires;          /* the caller may set it when it has seen the value */
    bool is_remembered;      /* the store has not changed since it was last read */
    struct secret *value;    /* once it is opened */
    struct session_row *row; /* for the search: what was read; NULL: nothing, or it is opened */
};

/* Takes ownership of the row, but not of the store; `row` NULL: there is no session. `now` is in
 * microseconds since 1970. */
struct session *session_new(struct session_store *store, struct session_row *row, gint64 now);
void session_free(struct session *session);

/* Sets the outcome, and why; NULL: the outcome says it all. Takes ownership of `why`. */
void session_set(struct session *session, enum session_outcome outcome, char *why);

/* Whether the row, of the same store, is of this session. */
bool session_is_at(const struct session *session, const struct session_row *row);

/* Gives all sessions their labels. */
void session_label_all(const GPtrArray *sessions);
