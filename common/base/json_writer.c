#include "common/base/json_writer.h"

#include "common/base/timestamp.h"

#include <math.h>
#include <string.h>
#include <yajl/yajl_gen.h>

struct json_writer {
    yajl_gen yajl;
};

struct json_writer *json_writer_new(gboolean pretty)
{
    struct json_writer *writer = g_new0(struct json_writer, 1);

    writer->yajl = yajl_gen_alloc(NULL);
    yajl_gen_config(writer->yajl, yajl_gen_beautify, pretty);
    yajl_gen_config(writer->yajl, yajl_gen_indent_string, "  ");
    return writer;
}

char *json_writer_finish(struct json_writer *writer)
{
    const unsigned char *text = NULL;
    size_t length = 0;
    char *copy;

    yajl_gen_get_buf(writer->yajl, &text, &length);
    copy = g_strndup((const char *)text, length);
    explicit_bzero((void *)(gintptr)text, length); /* it may have held a secret */
    yajl_gen_free(writer->yajl);
    g_free(writer);
    return copy;
}

static void json_write_text(struct json_writer *writer, const char *text)
{
    if (g_utf8_validate(text, -1, NULL)) {
        yajl_gen_string(writer->yajl, (const unsigned char *)text, strlen(text));
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    yajl_gen_string(writer->yajl, (const unsigned char *)valid, strlen(valid));
}

static void json_write_key(struct json_writer *writer, const char *key)
{
    if (key)
        json_write_text(writer, key);
}

void json_open_object(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    yajl_gen_map_open(writer->yajl);
}

void json_close_object(struct json_writer *writer)
{
    yajl_gen_map_close(writer->yajl);
}

void json_open_array(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    yajl_gen_array_open(writer->yajl);
}

void json_close_array(struct json_writer *writer)
{
    yajl_gen_array_close(writer->yajl);
}

void json_put_string(struct json_writer *writer, const char *key, const char *value)
{
    if (!value)
        return;
    json_write_key(writer, key);
    json_write_text(writer, value);
}

void json_put_number(struct json_writer *writer, const char *key, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    if (!isfinite(value))
        return;
    json_write_key(writer, key);
    /* Fifteen significant digits: exact for counts and amounts, and 0.1 stays 0.1. */
    g_ascii_formatd(text, sizeof text, "%.15g", value);
    yajl_gen_number(writer->yajl, text, strlen(text));
}

void json_put_integer(struct json_writer *writer, const char *key, gint64 value)
{
    json_write_key(writer, key);
    yajl_gen_integer(writer->yajl, value);
}

void json_put_boolean(struct json_writer *writer, const char *key, gboolean value)
{
    json_write_key(writer, key);
    yajl_gen_bool(writer->yajl, value);
}

void json_put_null(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    yajl_gen_null(writer->yajl);
}

void json_put_time(struct json_writer *writer, const char *key, gint64 seconds)
{
    if (seconds == 0)
        return;
    g_autofree char *text = timestamp_format(seconds);
    json_put_string(writer, key, text);
}

void json_put_strings(struct json_writer *writer, const char *key, char *const *values)
{
    if (!values || !*values)
        return;
    json_open_array(writer, key);
    for (; *values; values++)
        json_put_string(writer, NULL, *values);
    json_close_array(writer);
}

static void json_put_children(struct json_writer *writer, const struct json *json)
{
    for (guint i = 0; i < json_length(json); i++)
        json_put_tree(writer, json_key_at(json, i), json_at(json, i));
}

void json_put_tree(struct json_writer *writer, const char *key, const struct json *json)
{
    gboolean truth = FALSE;

    switch (json_type(json)) {
    case JSON_NULL:
        json_put_null(writer, key);
        break;
    case JSON_BOOLEAN:
        json_boolean(json, &truth);
        json_put_boolean(writer, key, truth);
        break;
    case JSON_NUMBER:
        json_write_key(writer, key);
        yajl_gen_number(writer->yajl, json_number_text(json), strlen(json_number_text(json)));
        break;
    case JSON_STRING:
        json_put_string(writer, key, json_string(json));
        break;
    case JSON_ARRAY:
        json_open_array(writer, key);
        json_put_children(writer, json);
        json_close_array(writer);
        break;
    case JSON_OBJECT:
        json_open_object(writer, key);
        json_put_children(writer, json);
        json_close_object(writer);
        break;
    }
}
