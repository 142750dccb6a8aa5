/* Fingerprints of what the user may change, which the store keeps so that a change is seen at once.
 *
 * One is of what may fix an error: the configuration, the stored credentials, environment
 * variables, the provider itself, files that it names. It is kept with an error that does not pass
 * by itself. The other is of the settings with which numbers were fetched, and is kept with them.
 * It leaves the environment out: bars with different variables share one store, and each would
 * drop what another has fetched. */
#pragma once

#include "common/base/paths.h"

#include <stdbool.h>

/* A fingerprint of what may fix an error, "salt:hash"; the caller frees it. Variables may hold
 * secrets, so each hash has a salt of its own and is cut to 64 bits. */
char *fingerprint_new(const struct paths *paths, const char *provider);

/* The fingerprint extended by the files that the provider named (NULL: none); the caller frees it.
 */
char *fingerprint_with_files(const char *fingerprint, char *const *watch);

/* Whether the setup has none of these fingerprints now, which fingerprint_with_files made for the
 * same files. There may be several, because bars may run in different environments, each of which
 * is worth one attempt. */
bool fingerprint_is_new(const struct paths *paths, const char *provider, char *const *watch,
                        char *const *tried);

/* A fingerprint "salt:hash" of the provider's settings, which the caller has digested
 * (config_provider_digest; NULL: none), and the stored credentials; the caller frees it. */
char *fingerprint_settings_new(const struct paths *paths, const char *settings);

/* Whether such a fingerprint (NULL: unknown, which fits) is the one of these settings. */
bool fingerprint_settings_fit(const struct paths *paths, const char *settings,
                              const char *fingerprint);
