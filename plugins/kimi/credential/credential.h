/* A credential, the site that it belongs to, and the address that it may be sent to. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/secret.h"
#include "plugins/kimi/credential/endpoint.h"
#include "plugins/kimi/credential/site.h"
#include "plugins/kimi/credential/token.h"

#include <stdbool.h>

/* What to tell people if the service refuses the credential itself; marked with N_(). */
struct refusal_words {
    const char *what; /* "the API key is invalid or expired" */
    const char *remedy;
    const char *remedy_in_config; /* if the configuration has the credential; NULL: the same */
    bool names_console;           /* the console's address follows the remedy */
};

/* Those of all web sessions. */
extern const struct refusal_words credential_session_words;

struct credential {
    const struct site *site;
    struct secret *secret;
    struct token *claims;      /* what it says about itself if it is a JWT; never NULL */
    struct endpoint *endpoint; /* of the Code API; NULL: it is a web session's token */
    const struct refusal_words *words;
    bool is_in_config; /* it comes from the configuration, which overrides all that is stored */
};

/* A credential for the Code API. Takes ownership of the secret and the endpoint. */
struct credential *credential_new(struct secret *secret, struct endpoint *endpoint,
                                  const struct refusal_words *words);

/* The token of a web session. Takes ownership of it. */
struct credential *credential_new_session(const struct site *site, struct secret *token);

void credential_free(struct credential *credential);
DEFINE_AUTOPTR(credential, credential_free);

/* Whether it is a web session's token, which goes to the site's web gateway. */
bool credential_is_session(const struct credential *credential);

/* The host that it is sent to; it belongs to the credential. */
const char *credential_host(const struct credential *credential);
