/* A candidate: a place where a credential should be, with the credential that was found there or
 * the reason why there is none that can be used. */
#pragma once

#include "plugins/kimi/credential/credential.h"

struct candidate {
    char *where;                   /* for people: the file, the variable, the profile */
    struct credential *credential; /* NULL: `error` says why */
    GError *error;
    gint64 expired_at; /* seconds since 1970, if the only fault is that the credential expired then
                        * and the tool that it belongs to will renew it; 0: no */
    void *state;       /* for the source's own use */
};

/* An array that owns its candidates. */
GPtrArray *candidates_new(void);

/* Adds a place with a credential, or one with the reason why there is none, and takes ownership of
 * that. The candidate belongs to the array. */
struct candidate *candidates_add(GPtrArray *candidates, const char *where,
                                 struct credential *credential);
struct candidate *candidates_add_error(GPtrArray *candidates, const char *where, GError *error);
