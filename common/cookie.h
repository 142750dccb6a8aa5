/* One cookie in what people paste: a Cookie header, a curl command with one, "name=value". */
#pragma once

#include <glib.h>

/* Finds the value of the cookie, which is at least 16 characters that a cookie may hold. Gives its
 * length, 0 if there is none, and where it begins within the text. */
gsize cookie_find(const char *text, const char *name, const char **value);
