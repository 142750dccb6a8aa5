/* JSON with comments as JSON that any parser takes, and whether two of its texts say the same. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The text with comments, a byte order mark, and commas before a closing bracket replaced by
 * spaces, so that all else stays at its place; the caller frees it. */
char *jsonc_plain(const char *text);

/* The byte order mark with which the text begins; "" if it has none. */
const char *jsonc_mark(const char *text);

/* Whether `after` is a text of the same values as `before` but for elements that are the string
 * `name`, members of that name, and members that are an array of nothing else. Sets an error of
 * kind payload if it can't be read. */
bool jsonc_differs_only_by(const char *before, const char *after, const char *name, GError **error);
