/* The browser profiles in which a provider looks for a session, as it reports them itself. */
#pragma once

#include "cli/base/context.h"
#include "common/base/json.h"

/* One object of "places", or of the answer to --browsers, as a line without control characters:
 * names of profiles are names of folders and may hold anything. "Chromium, Default: found, ends
 * with cdef". The caller frees it. */
char *browsers_describe(const struct json *place);

/* The answer to --browsers: an array, which the caller frees. NULL and an error, of kind config if
 * the provider just does not know the question. */
struct json *browsers_ask(const struct context *context, const char *provider, GError **error);
