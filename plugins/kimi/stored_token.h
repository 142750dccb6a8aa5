/* An access token with its end, as Kimi's client and other tools keep it in JSON. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/json.h"
#include "common/base/secret.h"

#include <glib.h>
#include <stdbool.h>

struct stored_token {
    struct secret *secret; /* NULL: none */
    gint64 expires_at;     /* seconds since 1970; 0: not told */
};

/* Reads a file of at most `max` bytes, whose text is wiped. NULL without an error if there is no
 * such file; else an error that does not name it. */
struct json *stored_token_read_file(const char *path, gsize max, GError **error);

/* Reads the members of these names. An end above 1e10 is in milliseconds. */
void stored_token_read(const struct json *json, const char *token, const char *expiry,
                       struct stored_token *stored);
void stored_token_clear(struct stored_token *stored);
DEFINE_AUTO_CLEAR(stored_token, stored_token_clear);

/* Whether it can be sent at `now` (seconds since 1970): it is valid for another few seconds. */
bool stored_token_is_fresh(const struct stored_token *stored, gint64 now);
