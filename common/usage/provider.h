/* Providers: executables named usageline-provider-ID that print one answer (answer.h). */
#pragma once

#include "common/base/json.h"
#include "common/base/paths.h"
#include "common/usage/answer.h"

#define PROVIDER_PREFIX "usageline-provider-"

/* How long a provider may take, in milliseconds: longer than its requests may take together. */
#define PROVIDER_DEADLINE 15000

/* The path of the provider's executable, from the first plug-in folder that has it; the caller
 * frees it. NULL and an error of kind config that names the folders if there is none. */
char *provider_find(const struct paths *paths, const char *id, GError **error);

/* The ids of all providers that are installed, sorted; g_strfreev. */
char **provider_list(const struct paths *paths);

/* Asks the provider for the usage; refresh.h decides when. `answer` ends up with a snapshot or an
 * error, whatever the provider does. `source` is the credential source to use ("api", …), or NULL:
 * the provider chooses. With `verbose` it may write to stderr. */
void provider_ask(const struct paths *paths, const char *id, const char *source, bool verbose,
                  struct answer *answer);

/* The same in a state that the provider pretends to be in, one of the values of its setting
 * "state".
 */
void provider_pretend(const struct paths *paths, const char *id, const char *state,
                      struct answer *answer);

/* What it prints for "--describe", "--diagnose", "--probe" or "--browsers". NULL and an error of
 * kind config if it does not know the question, internal if it failed, payload if that is not JSON.
 */
struct json *provider_question(const struct paths *paths, const char *id, const char *question,
                               GError **error);

/* Whether this can be a provider's id; if not, sets an error of kind config. */
bool provider_check_id(const char *id, GError **error);
