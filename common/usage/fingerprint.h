/* What the user may change to mend an error: the configuration, the stored credentials, the
 * variables of the environment, the provider itself, files that it names. A fingerprint of it is
 * kept beside an error that waiting can't mend, so that the next try comes as soon as something
 * changed. */
#pragma once

#include "common/base/paths.h"

#include <stdbool.h>

/* A fingerprint "salt:hash". Values of variables may be secrets, so the hash is salted anew each
 * time and cut to 64 bits. The caller frees it. */
char *fingerprint_new(const struct paths *paths, const char *provider);

/* The fingerprint with that of files which the provider named (NULL: none). The caller frees it. */
char *fingerprint_with_files(const char *fingerprint, char *const *watch);

/* Whether the fingerprint differs from all that have been tried: those of
 * fingerprint_with_files, for the same files. Several, for bars may run in different environments,
 * and each is worth one try.
 */
bool fingerprint_is_new(const struct paths *paths, const char *provider, char *const *watch,
                        char *const *tried);
