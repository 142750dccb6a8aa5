/* An access token and its expiry, as Kimi's client and other tools store them in JSON files. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/json.h"
#include "common/base/secret.h"

#include <glib.h>
#include <stdbool.h>

struct stored_token {
    struct secret *secret; /* NULL: none */
    gint64 expires_at;     /* seconds since 1970; 0: unknown */
};

/* Reads a file of at most 256 KiB and wipes its text. The caller frees the JSON. NULL without
 * an error if there is no such file; NULL and an error that does not name the file if it can't be
 * read. */
struct json *stored_token_read_file(const char *path, GError **error);

/* Reads a token and its expiry, in seconds or milliseconds since 1970, from the members with these
 * names. */
void stored_token_read(const struct json *json, const char *token, const char *expiry,
                       struct stored_token *stored);
void stored_token_clear(struct stored_token *stored);
DEFINE_AUTO_CLEAR(stored_token, stored_token_clear);

/* Whether it is valid long enough after `now` (seconds since 1970) to be sent. */
bool stored_token_is_fresh(const struct stored_token *stored, gint64 now);
