/* Inside of template.c: a mistake in a template, told with its place. */
#pragma once

#include <glib.h>

/* Sets a USAGE_ERROR_CONFIG: "the format has WHAT at character N; ADVICE", then the template, cut
 * around the place, and a caret under it. `at` is in `text`; `advice` may be NULL. */
void template_set_error(const char *text, const char *at, const char *what, const char *advice,
                        GError **error);
