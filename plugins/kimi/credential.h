/* A credential, and where it may go. A source yields candidates: places where a credential should
 * be, each with one of use or with the reason why there is none. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/secret.h"
#include "plugins/kimi/endpoint.h"
#include "plugins/kimi/site.h"
#include "plugins/kimi/token.h"

#include <glib.h>
#include <stdbool.h>

/* What to say when the service refuses the credential itself; texts marked with N_(). */
struct refusal_words {
    const char *what; /* "the API key is invalid or expired" */
    const char *remedy;
    const char *remedy_in_config; /* where it stands in the configuration; NULL: the same */
    bool names_console;           /* the remedy goes on with the console's address */
};

struct credential {
    const struct site *site; /* that it belongs to */
    struct secret *secret;
    struct token *claims;      /* what it says of itself, if it is a JWT; never NULL */
    struct endpoint *endpoint; /* of the Code API, which takes it; NULL: it is a web session's */
    const struct refusal_words *words;
    bool is_in_config; /* it stands in the configuration, which overrides all that is stored */
};

struct candidate {
    char *where;                   /* for people: the file, the variable, the profile */
    struct credential *credential; /* NULL: none of use */
    GError *error;                 /* why not */
    gint64 expired_at;             /* seconds since 1970: it ran out then, and the tool that it
                                    * belongs to renews it by itself; 0: no */
    void *origin;                  /* the source's own, which settle gets */
};

/* Takes the secret and the endpoint over. */
struct credential *credential_new(const struct site *site, struct secret *secret,
                                  struct endpoint *endpoint, const struct refusal_words *words);
void credential_free(struct credential *credential);
DEFINE_AUTOPTR(credential, credential_free);

/* The host that gets it. */
const char *credential_host(const struct credential *credential);

/* A place with a credential, which is taken over; or with none of use, and the reason, taken over
 * as well. */
struct candidate *candidate_new(const char *where, struct credential *credential);
struct candidate *candidate_new_error(const char *where, GError *error);
void candidate_free(struct candidate *candidate);
DEFINE_AUTOPTR(candidate, candidate_free);

/* An array that owns its candidates. */
GPtrArray *candidates_new(void);
