/* The places where a credential can come from, in the order in which they are tried. */
#pragma once

#include "common/autoptr.h"
#include "common/secret.h"
#include "plugins/support/provider_main.h"

#include <glib.h>
#include <stdbool.h>

struct source;

/* A credential that a source had. */
struct credential {
    const struct source *source;
    struct secret *secret;
    char *origin; /* for people: the file or the variable that it came from */
};

/* Takes the secret over. */
struct credential *credential_new(struct secret *secret, const char *origin);
void credential_free(struct credential *credential);
DEFINE_AUTOPTR(credential, credential_free);

/* What the user is to do about a credential of no use: `in_config` if it stands in the
 * configuration, which wins over all that is stored; else `elsewhere`. */
const char *credential_remedy(const struct provider_call *call, const char *origin,
                              const char *in_config, const char *elsewhere);

/* Whether it can stand in a header: a line break in it would begin another one. */
bool credential_is_sendable(const struct secret *secret);

struct source {
    const char *name; /* in the snapshot: "api-key" */
    const char *mode; /* the value of the setting "source" that asks for it alone */

    /* Why it must not even be looked at; NULL: it may. The function may be NULL, too. */
    const char *(*off)(const struct provider_call *call);

    /* NULL if this source has none: then `error` says why, if it is not just absent. */
    struct credential *(*find)(const struct provider_call *call, GError **error);

    /* The address that is asked with this credential, without its path ("https://api.kimi.com").
     * The caller frees it; NULL and an error of kind config if a setting is wrong. */
    char *(*address)(const struct provider_call *call, const struct credential *credential,
                     GError **error);

    /* Asks the service that takes this credential. */
    void (*ask)(const struct provider_call *call, const struct credential *credential,
                struct answer *answer);

    /* Writes an object for each place that was looked at into the array that is open. NULL: there
     * is one place alone. */
    void (*list)(const struct provider_call *call, struct json_writer *writer);
};

/* The values of the setting "source": "auto", then the modes, then NULL. */
extern const char *const source_modes[];

/* The n-th source; NULL after the last. */
const struct source *source_at(gsize index);

/* Whether the mode asks for this source. */
bool source_belongs_to(const struct source *source, const char *mode);

/* Why the source must not be looked at; NULL: it may. */
const char *source_off(const struct source *source, const struct provider_call *call);

/* That no source of this mode had a credential, what to do, which sources may not be used, and
 * where a web session was looked for. */
void source_set_missing(const struct provider_call *call, const char *mode, GError **error);
