/* The browser profiles that a provider looks into for a session, as it tells of them itself. */
#pragma once

#include "cli/context.h"

#include <glib.h>
#include <stdbool.h>

struct browser_line {
    bool is_found; /* the cookie is there and can be used */
    char *text;    /* "Chromium, Default: found, ends with cdef" */
};

/* An array of struct browser_line. NULL if the provider does not know the question, with an error
 * that is no failure of its own. */
GPtrArray *browsers_ask(const struct context *context, const char *provider, GError **error);
