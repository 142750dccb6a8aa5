/* The browser profiles that a provider looks into for a session, as it tells of them itself. */
#pragma once

#include "cli/base/context.h"
#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

struct browser_line {
    bool is_found; /* the cookie is there and can be used */
    char *text;    /* "Chromium, Default: found, ends with cdef" */
};

/* One object of "places" or of the answer to --browsers as a line, whatever stands in it: names of
 * profiles are names of folders. The caller frees it. */
char *browsers_describe(const struct json *place);

/* An array of struct browser_line. NULL if the provider does not know the question, with an error
 * that is no failure of its own. */
GPtrArray *browsers_ask(const struct context *context, const char *provider, GError **error);
