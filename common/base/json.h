/* JSON as a tree that knows where in its text each value is. yajl parses; this adds what hostile or
 * hand-written files need: a limit on depth, accessors that never crash on a value of the wrong
 * type, and line numbers for messages. Freed text is wiped because it may hold a secret.
 *
 *     autoptr(json) json = json_parse(text, strlen(text), JSON_STRICT, &error);
 *     const struct json *windows = json_get(json, "windows");
 *     double percent;
 *
 *     for (guint i = 0; i < json_length(windows); i++)
 *         if (json_number(json_get(json_at(windows, i), "usedPercent"), &percent))
 *             … */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

struct json;

enum json_type {
    JSON_NULL,
    JSON_BOOLEAN,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

enum json_flags {
    JSON_STRICT = 0,
    JSON_COMMENTS = 1 << 0, /* allow C and C++ comments, as configuration files have them */
};

/* Arrays and objects nested deeper than this are refused. */
#define JSON_MAX_DEPTH 64

/* Parses `length` bytes of UTF-8. Returns NULL and sets a USAGE_ERROR_PAYLOAD, whose message begins
 * with "line N: ", if they are not one JSON value, or if a string holds a NUL character. */
struct json *json_parse(const char *text, gsize length, enum json_flags flags, GError **error);

/* The same for callers with an own place for the line: on an error, sets `line` (counted from 1)
 * and leaves it out of the message. */
struct json *json_parse_with_line(const char *text, gsize length, enum json_flags flags,
                                  unsigned *line, GError **error);

void json_free(struct json *json);
DEFINE_AUTOPTR(json, json_free);

/* All accessors accept NULL, a value that is not there, so that look-ups can be chained. Nodes and
 * strings that they return belong to the tree. */

enum json_type json_type(const struct json *json); /* JSON_NULL for NULL */
const char *json_type_name(enum json_type type);   /* "a string", "an object", … for messages */
unsigned json_line(const struct json *json);       /* counted from 1; 0 for NULL */

/* Offsets into the parsed text, in bytes. A value is the bytes [begin, end), with its quotes or
 * brackets, without the white space and comments around it; a member of an object is [first, end),
 * beginning with the quote of its key. Without a key `first` is `begin`. All 0 for NULL. */
struct json_place {
    gsize first, begin, end;
};

struct json_place json_place(const struct json *json);

/* The member of an object, the last one of equal keys; NULL if there is none or this is no object.
 */
const struct json *json_get(const struct json *json, const char *key);

/* Elements of an array or members of an object, in their order. */
guint json_length(const struct json *json);
const struct json *json_at(const struct json *json, guint index);
const char *json_key_at(const struct json *json, guint index);

const char *json_string(const struct json *json);         /* NULL unless a string */
bool json_number(const struct json *json, double *value); /* false unless finite */
const char *json_number_text(const struct json *json);    /* as it was written, or NULL */
bool json_boolean(const struct json *json, gboolean *value);
bool json_is_true(const struct json *json);

/* A member that is a time (see timestamp.h), in seconds since 1970; 0 if it is not. */
gint64 json_time(const struct json *json, const char *key);
