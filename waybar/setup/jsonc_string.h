/* Strings of JSON as Waybar reads them. */
#pragma once

#include <glib.h>

/* The value of a string between its quotes. NULL and `problem` if an escape is unknown. The
 * caller frees it. A NUL becomes the bytes C0 80, which no text has; all other bytes stay as they
 * are, UTF-8 or not. */
char *jsonc_string_decode(const char *text, gsize length, const char **problem);
