/* What the user may change to mend an error: the configuration, the stored credentials, the
 * variables of the environment, the provider itself. A fingerprint of it is kept beside an error
 * that waiting can't mend, so that the next try comes as soon as something changed. */
#pragma once

#include "common/paths.h"

#include <stdbool.h>

/* A fingerprint "salt:hash". `watch` is files that the provider named, or NULL. Values of variables
 * may be secrets, so the hash is salted anew each time and cut to 64 bits. The caller frees it. */
char *inputs_fingerprint(const struct paths *paths, const char *provider, char *const *watch);

/* Whether the inputs differ from those of the fingerprint; true if it is NULL or unreadable. */
bool inputs_changed(const struct paths *paths, const char *provider, char *const *watch,
                    const char *fingerprint);
