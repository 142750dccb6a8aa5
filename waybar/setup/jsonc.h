/* JSON as Waybar reads it, which is what jsoncpp takes for JSON: with comments, commas at the end,
 * line breaks in strings, text behind the value. It is read into a tree whose places (json_place)
 * are offsets of the text as it is written; jsonc_edit.h changes it. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* White space between values; no other counts. */
#define JSONC_SPACE " \t\r\n"

/* Reads a text. NULL and a USAGE_ERROR_PAYLOAD that begins with "line N: " if Waybar would not read
 * it. */
struct json *jsonc_parse(const char *text, GError **error);

/* The length of the comment that the text begins with, up to the next line if it is one of a line;
 * 0 if there is none, or none that ends. */
gsize jsonc_comment_length(const char *text);

/* The first offset from `at` on that is neither white space nor in a comment. */
gsize jsonc_skip(const char *text, gsize at);

/* The index of the first element that is this string; -1 if there is none or this is no array. */
int jsonc_find(const struct json *array, const char *string);

/* Whether a key, or else a string that is no key, at any depth is `string`. */
bool jsonc_has_key(const struct json *json, const char *string);
bool jsonc_has_string(const struct json *json, const char *string);

/* Whether `after` has the same values as `before`, apart from elements that are the string `name`,
 * members of that name, and members that are an array of nothing else. Sets an error of kind
 * payload if not, or if one can't be read. */
bool jsonc_differs_only_by(const char *before, const char *after, const char *name, GError **error);
