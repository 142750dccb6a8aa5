/* What all subcommands work with: the environment, read once in main, and the configuration. */
#pragma once

#include "common/base/paths.h"
#include "common/config/config.h"
#include "common/usage/refresh.h"

#include <glib.h>

/* The provider of somebody who has configured nothing. */
#define DEFAULT_PROVIDER "kimi"

/* Exit statuses of the commands for people. */
#define EXIT_FAILED 1 /* it could not be done; stderr says why */
#define EXIT_USAGE  2 /* the command line is wrong */

struct context {
    struct paths *paths;
    struct config *config;
    gint64 now; /* seconds since 1970 */
};

/* Looks at the clock and reads the configuration, for the first time or again. */
void context_renew(struct context *context);

/* The provider to work with: `given` (from --provider) unless NULL, else of the enabled ones the
 * first that is installed, else the first; NULL if none is enabled. The id belongs to the
 * configuration. */
const char *context_provider(const struct context *context, const char *given);

/* The same, but DEFAULT_PROVIDER if none is enabled. */
const char *context_provider_or_default(const struct context *context, const char *given);

/* A refresh of this provider by the configured interval. */
struct refresh context_refresh(const struct context *context, const char *provider);

/* Whether the folder can be made and written. */
bool context_can_store(const char *folder, GError **error);

/* Tells on stderr where the store is, if not where it should be. */
void context_explain_store(const struct context *context);
