/* JSON as people write it for Waybar, with comments and commas at the end. It is read into a tree
 * whose places (json_place) are offsets of the text as it is written; jsonc_edit.h changes it. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* Reads a text. NULL and a USAGE_ERROR_PAYLOAD that begins with "line N: " if it is no JSON. */
struct json *jsonc_parse(const char *text, GError **error);

/* The text with a byte order mark, comments, and commas before a closing bracket replaced by
 * spaces, so that all else keeps its offset; the caller frees it. */
char *jsonc_plain(const char *text);

/* The first offset from `at` on that is neither white space nor in a comment. */
gsize jsonc_skip(const char *text, gsize at);

/* The index of the first element that is this string; -1 if there is none or this is no array. */
int jsonc_find(const struct json *array, const char *string);

/* Whether `after` has the same values as `before`, apart from elements that are the string `name`,
 * members of that name, and members that are an array of nothing else. Sets an error of kind
 * payload if not, or if one can't be read. */
bool jsonc_differs_only_by(const char *before, const char *after, const char *name, GError **error);
