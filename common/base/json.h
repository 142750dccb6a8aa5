/* JSON read into a tree that knows the line of each value. yajl parses; this adds what reading
 * hostile or hand-written files needs: a limit on depth, accessors that never crash on a value of
 * the wrong type, and line numbers for messages. Freed text is wiped, for it may hold a secret. */
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

/* Parses `length` bytes of UTF-8. NULL and a USAGE_ERROR_PAYLOAD, whose message begins with
 * "line N: ", if they are not one JSON value, or hold a NUL character. */
struct json *json_parse(const char *text, gsize length, enum json_flags flags, GError **error);
void json_free(struct json *json);
DEFINE_AUTOPTR(json, json_free);

/* All accessors take NULL for a value that is not there, so that look-ups can be chained. Nodes
 * and strings that they return belong to the tree. */

enum json_type json_type(const struct json *json); /* JSON_NULL for NULL */
const char *json_type_name(enum json_type type);   /* "a string", "an object", … for messages */
unsigned json_line(const struct json *json);       /* counted from 1; 0 for NULL */

/* The member of an object; NULL if there is none or this is no object. Of equal keys the last. */
const struct json *json_get(const struct json *json, const char *key);

/* Elements of an array or members of an object, in their order. */
guint json_length(const struct json *json);
const struct json *json_at(const struct json *json, guint index);
const char *json_key_at(const struct json *json, guint index);

const char *json_string(const struct json *json);         /* NULL unless a string */
bool json_number(const struct json *json, double *value); /* finite numbers alone */
const char *json_number_text(const struct json *json);    /* as it was written, or NULL */
bool json_boolean(const struct json *json, gboolean *value);

/* A member that is a time as timestamp.h has it, in seconds since 1970; else 0. */
gint64 json_time(const struct json *json, const char *key);
