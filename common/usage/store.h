/* The store: per provider the last good snapshot and what came of the last attempt to get one, as
 * files in $XDG_CACHE_HOME/usageline. Where that folder can't be written, or the disk is full, the
 * next folder of paths.store_folders serves, so that bars still share one fetch. */
#pragma once

#include "common/base/paths.h"
#include "common/usage/answer.h"

/* What is remembered of the last attempt. */
struct attempt {
    gint64 at;            /* seconds since 1970; 0: there was none */
    bool pending;         /* it has begun, and has not ended or was killed */
    bool forced;          /* somebody asked for it */
    guint failures;       /* in a row */
    gint64 not_before;    /* no automatic try before this; 0: none */
    gint64 service_until; /* nobody may try before this: the service asks so; 0: it does not */
    GError *error;        /* of USAGE_ERROR; NULL if the last one that ended succeeded */
    gint64 expired_at;    /* as in struct answer, of that error; 0: no */
    char **tried;         /* fingerprints of what has been tried since the last success, or NULL */
    char **watch;         /* files of the provider that count among that; NULL: none */
};

/* What is known of a provider's usage without asking it. */
struct stored {
    struct snapshot *snapshot; /* NULL: none */
    struct attempt attempt;
    GError *problem; /* why no attempt can be made, or stored; NULL: one can. It is never stored */
};

/* What went wrong: the last attempt, or else the problem; NULL: nothing. Owned by `stored`. */
const GError *stored_error(const struct stored *stored);

void stored_clear(struct stored *stored);
DEFINE_AUTO_CLEAR(stored, stored_clear);

/* Reads the newest of what is there. What is missing, can't be understood, or lies in a folder of
 * somebody else is absent. */
void store_load(const struct paths *paths, const char *provider, struct stored *stored);

/* These two replace the file as a whole, in the first folder that takes it. The caller holds the
 * lock. */
bool store_save_snapshot(const struct paths *paths, const struct snapshot *snapshot,
                         GError **error);
bool store_save_attempt(const struct paths *paths, const char *provider,
                        const struct attempt *attempt, GError **error);

/* The same for any text under a name of its own, which no provider's id can be: it has a dot. */
bool store_save_text(const struct paths *paths, const char *name, const char *text, GError **error);

/* Removes what is kept under that name. */
void store_remove_text(const struct paths *paths, const char *name);

/* The text under that name in the first folder that has it; the caller frees it. NULL: none. */
char *store_load_text(const struct paths *paths, const char *name, gsize max, gsize *length);

/* Waits until no other process refreshes this provider. Gives a descriptor to close, or -1. */
int store_lock(const struct paths *paths, const char *provider, GError **error);
