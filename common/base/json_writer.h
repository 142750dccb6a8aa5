/* JSON written through yajl. Text that is not UTF-8 is repaired. A member whose value is not known,
 * that is a string of NULL or a number that is not finite, is left out.
 *
 *     struct json_writer *writer = json_writer_new(FALSE);
 *
 *     json_open_object(writer, NULL);
 *     json_put_string(writer, "id", provider->id);
 *     json_close_object(writer);
 *     g_autofree char *text = json_writer_finish(writer); */
#pragma once

#include "common/base/json.h"

#include <glib.h>

struct json_writer;

struct json_writer *json_writer_new(gboolean pretty);

/* Frees the writer and returns the text, which the caller frees. It ends in a line break only if it
 * is pretty. */
char *json_writer_finish(struct json_writer *writer);

/* `key` names a member of an object; in an array and at the top it is NULL. */
void json_open_object(struct json_writer *writer, const char *key);
void json_close_object(struct json_writer *writer);
void json_open_array(struct json_writer *writer, const char *key);
void json_close_array(struct json_writer *writer);
void json_put_string(struct json_writer *writer, const char *key, const char *value);
void json_put_number(struct json_writer *writer, const char *key, double value);
void json_put_integer(struct json_writer *writer, const char *key, gint64 value);
void json_put_boolean(struct json_writer *writer, const char *key, gboolean value);
void json_put_null(struct json_writer *writer, const char *key);

/* An RFC 3339 time of seconds since 1970; left out when it is 0. */
void json_put_time(struct json_writer *writer, const char *key, gint64 seconds);

/* An array of strings; left out when it is NULL or empty. */
void json_put_strings(struct json_writer *writer, const char *key, char *const *values);

/* A value as it was read; numbers keep all their digits. */
void json_put_tree(struct json_writer *writer, const char *key, const struct json *json);
