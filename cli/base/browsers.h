/* The browser profiles in which a provider looks for a session, as it reports them itself. */
#pragma once

#include "cli/base/context.h"
#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

struct browser_line {
    bool is_found; /* the cookie is there and usable */
    char *text;    /* "Chromium, Default: found, ends with cdef" */
};

/* One object of "places", or of the answer to --browsers, as a line without control characters:
 * names of profiles are names of folders and may hold anything. The caller frees it. */
char *browsers_describe(const struct json *place);

/* Returns an array of struct browser_line, which the caller frees. NULL and an error, of kind
 * config if the provider just does not know the question. */
GPtrArray *browsers_ask(const struct context *context, const char *provider, GError **error);
