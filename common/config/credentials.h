/* The secrets of providers: in the user's configuration, or stored by `usageline config set-…` in a
 * file of our own (mode 0600 in a 0700 folder) of the same shape:
 * {"providers":[{"id":"kimi","apiKey":"…"}]}. */
#pragma once

#include "common/base/paths.h"
#include "common/base/secret.h"

#include <glib.h>
#include <stdbool.h>

/* Names of fields that hold secrets, ended by NULL. */
extern const char *const credential_fields[];
#define CREDENTIAL_API_KEY       "apiKey"
#define CREDENTIAL_COOKIE_HEADER "cookieHeader"

bool credentials_is_secret_field(const char *name);

/* The secret in this field of this provider, from the configuration or else the stored one, without
 * the quotes and spaces that people paste around it. NULL if there is none, with an error if a file
 * could not be read. Sets `origin`, unless NULL, to the file it came from, which belongs to
 * `paths`.
 */
struct secret *credentials_find(const struct paths *paths, const char *provider, const char *field,
                                const char **origin, GError **error);

/* Stores the secret; NULL removes the stored one. Everything else in the file stays; a file that
 * can't be understood is an error and stays as it is. Sets `changed`, unless NULL, to whether there
 * was anything to do. */
bool credentials_store(const struct paths *paths, const char *provider, const char *field,
                       const struct secret *secret, bool *changed, GError **error);

/* Whether an HTTP header can carry it: printable ASCII without spaces. A key in other letters, such
 * as "ключ", was pasted into the wrong field. */
bool credentials_is_sendable(const struct secret *secret);

/* `text` without quotes and white space around it, as a secret; NULL if nothing is left. */
struct secret *credentials_strip(const char *text);
