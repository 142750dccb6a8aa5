/* What all commands work with; main makes it. */
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

/* The environment is asked through `environment`, so that it is clear who depends on it. It is read
 * directly only where paths are made (paths.c), by libraries and gettext (i18n.c), and for other
 * programs: what a provider inherits (fingerprint.c), where a bar looks (common/setup/place.c,
 * polybar/setup), and where a notification was shown (plugins/notify). */
struct context {
    char **environment; /* "NAME=VALUE", for g_environ_getenv; ended by NULL */
    struct paths *paths;
    struct config *config;
    gint64 now; /* seconds since 1970 */
};

/* Reads the clock and the configuration, for the first time or again. */
void context_renew(struct context *context);

/* The value of the first of these variables that is set and not empty; `names` is ended by NULL.
 * NULL: none is, or `names` is NULL. */
const char *context_variable(const struct context *context, const char *const *names);

/* The provider to work with: `given` (from --provider) unless NULL, else of the enabled ones the
 * first that is installed, else the first; NULL if none is enabled. The id belongs to the
 * configuration. */
const char *context_provider(const struct context *context, const char *given);

/* The same, but DEFAULT_PROVIDER if none is enabled. */
const char *context_provider_or_default(const struct context *context, const char *given);

/* A refresh of this provider by the configuration. */
struct refresh context_refresh(const struct context *context, const char *provider);

/* Whether the folder can be written; makes it if needed. */
bool context_can_store(const char *folder, GError **error);

/* Prints on stderr where the store is, and why it is not in a folder before that. */
void context_explain_store(const struct context *context);
