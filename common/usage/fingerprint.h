/* A fingerprint of what the user may change to fix an error: the configuration, the stored
 * credentials, environment variables, the provider itself, files that it names. The store keeps it
 * with an error that does not pass by itself, so that the next attempt comes as soon as something
 * has changed. */
#pragma once

#include "common/base/paths.h"

#include <stdbool.h>

/* A fingerprint "salt:hash"; the caller frees it. Variables may hold secrets, so each hash has a
 * salt of its own and is cut to 64 bits. */
char *fingerprint_new(const struct paths *paths, const char *provider);

/* The fingerprint extended by the files that the provider named (NULL: none); the caller frees it.
 */
char *fingerprint_with_files(const char *fingerprint, char *const *watch);

/* Whether none of these fingerprints, which fingerprint_with_files made for the same files, holds
 * now. There may be several, because bars may run in different environments, each of which is worth
 * one attempt. */
bool fingerprint_is_new(const struct paths *paths, const char *provider, char *const *watch,
                        char *const *tried);
