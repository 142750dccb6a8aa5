/* The store keeps, for each provider, the last good snapshot and the outcome of the last attempt to
 * get one, as files in $XDG_CACHE_HOME/usageline. Where that folder can't be written, or the disk
 * is full, the next of paths.store_folders serves, so that all bars still share one fetch.
 *
 *     autoclear(stored) stored = {0};
 *
 *     store_load(paths, "kimi", &stored);
 *     if (stored.snapshot)
 *         … */
#pragma once

#include "common/base/json.h"
#include "common/base/paths.h"
#include "common/usage/answer.h"

/* What is remembered of the last attempt. */
struct attempt {
    gint64 at;            /* seconds since 1970; 0: there was none */
    bool pending;         /* it has begun, and has not ended or was killed */
    bool forced;          /* somebody asked for it */
    gint64 early_until;   /* attempts out of turn are paid for until then; see refresh.c; 0: none */
    guint failures;       /* in a row */
    gint64 not_before;    /* no automatic attempt before this; 0: at any time */
    gint64 service_until; /* no attempt at all before this, as the service asked; 0: at any time */
    GError *error;        /* of USAGE_ERROR; NULL if the last one that ended succeeded */
    gint64 expired_at;    /* as in struct answer, of that error; 0: no */
    char **tried;         /* fingerprints of what has been tried since the last success, or NULL */
    char **watch;         /* the provider's files that are part of these; NULL: none */
};

/* What is known of a provider's usage without asking it. */
struct stored {
    struct snapshot *snapshot; /* NULL: none */
    struct attempt attempt;
    GError *problem; /* why no attempt can be made, or stored; NULL: one can. It is never stored */
};

void stored_clear(struct stored *stored);
DEFINE_AUTO_CLEAR(stored, stored_clear);

/* What went wrong: the last attempt, or else the problem; NULL: nothing. Owned by `stored`. */
const GError *stored_error(const struct stored *stored);

/* Reads the newest of what is there into `stored`, which is all zero. What is missing, can't be
 * understood, or belongs to somebody else, itself or by its folder, is absent. */
void store_load(const struct paths *paths, const char *provider, struct stored *stored);

/* These two replace the whole file in the first folder that takes it, and remove it from the
 * others. The caller holds the lock. */
bool store_save_snapshot(const struct paths *paths, const struct snapshot *snapshot,
                         GError **error);
bool store_save_attempt(const struct paths *paths, const char *provider,
                        const struct attempt *attempt, GError **error);

/* The same for any text. `name` has a dot, which no provider's id can have, so names never
 * clash. */
bool store_save_text(const struct paths *paths, const char *name, const char *text, GError **error);

/* Removes what is kept under that name. */
void store_remove_text(const struct paths *paths, const char *name);

/* The JSON under that name, of at most `max` bytes, from the first folder that has the file; NULL
 * if none has, or it can't be understood. */
struct json *store_load_json(const struct paths *paths, const char *name, gsize max);

/* Waits until no other process refreshes this provider. Returns a descriptor that holds the lock
 * until it is closed; -1 and an error if no folder can be written. */
int store_lock(const struct paths *paths, const char *provider, GError **error);
