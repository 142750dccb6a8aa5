#include "common/base/json.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json_internal.h"
#include "common/base/secret.h"
#include "common/base/timestamp.h"

#include <math.h>
#include <string.h>
#include <yajl/yajl_parse.h>

struct json_parser {
    yajl_handle yajl;
    const char *text;
    gsize length;
    gsize at;      /* end of the token that was read last */
    unsigned line; /* of the token that was read last, counted from 1 */
    bool is_complete;
    struct json *root;
    struct json *open[JSON_MAX_DEPTH]; /* arrays and objects not yet closed, outermost first */
    guint depth;
    char *key; /* of the next member */
    gsize key_begin;
    const char *refusal;
};

void json_free(struct json *json)
{
    if (!json)
        return;
    secret_wipe(json->key);
    secret_wipe(json->text);
    if (json->children)
        g_ptr_array_unref(json->children);
    g_free(json);
}

static void json_count_lines(struct json_parser *parser, gsize end)
{
    for (; parser->at < end; parser->at++)
        parser->line += parser->text[parser->at] == '\n';
}

/* The end of the comment at `parser->at`, "/" and "*" or "/" and "/". */
static gsize json_find_comment_end(const struct json_parser *parser, gsize end)
{
    const char *begin = parser->text + parser->at;
    const char *close = begin[1] == '/' ? "\n" : "*/";
    const char *found = g_strstr_len(begin + 2, (gssize)(end - parser->at - 2), close);

    return found ? (gsize)(found - parser->text) + strlen(close) : end;
}

/* A number that ends with the text is a token only once yajl knows that nothing follows. */
static gsize json_find_token_end(const struct json_parser *parser)
{
    return parser->is_complete ? parser->length : yajl_get_bytes_consumed(parser->yajl);
}

/* Moves on to the end of the token that yajl has just read, and returns where that token begins.
 * Only white space, comments, commas and colons come before it, and only they have line breaks. */
static gsize json_take_token(struct json_parser *parser)
{
    gsize end = json_find_token_end(parser);
    gsize begin;

    while (parser->at < end && strchr(" \t\r\n\v\f,:/", parser->text[parser->at])) {
        bool is_comment = parser->text[parser->at] == '/';
        json_count_lines(parser, is_comment ? json_find_comment_end(parser, end) : parser->at + 1);
    }
    begin = parser->at;
    parser->at = end;
    return begin;
}

static int json_refuse(struct json_parser *parser, const char *why)
{
    parser->refusal = why;
    return 0;
}

static struct json *json_add_value(struct json_parser *parser, enum json_type type)
{
    struct json *json = g_new0(struct json, 1);

    json->type = type;
    json->place.begin = json_take_token(parser);
    json->place.end = parser->at;
    json->place.first = parser->key ? parser->key_begin : json->place.begin;
    json->line = parser->line;
    json->key = g_steal_pointer(&parser->key);
    if (parser->depth > 0)
        g_ptr_array_add(parser->open[parser->depth - 1]->children, json);
    else
        parser->root = json;
    return json;
}

/* yajl checks only the form of UTF-8: it lets half a surrogate pair pass, for example. */
static bool json_check_text(struct json_parser *parser, const char *text, gsize length)
{
    if (memchr(text, '\0', length))
        return json_refuse(parser, _("a NUL character in a string"));
    if (!g_utf8_validate_len(text, length, NULL))
        return json_refuse(parser, _("a string that is not UTF-8"));
    return true;
}

static int json_add_text(struct json_parser *parser, enum json_type type, const char *text,
                         gsize length)
{
    if (!json_check_text(parser, text, length))
        return 0;
    json_add_value(parser, type)->text = g_strndup(text, length);
    return 1;
}

static int json_on_null(void *context)
{
    json_add_value(context, JSON_NULL);
    return 1;
}

static int json_on_boolean(void *context, int value)
{
    json_add_value(context, JSON_BOOLEAN)->truth = value != 0;
    return 1;
}

static int json_on_number(void *context, const char *text, size_t length)
{
    return json_add_text(context, JSON_NUMBER, text, length);
}

static int json_on_string(void *context, const unsigned char *text, size_t length)
{
    return json_add_text(context, JSON_STRING, (const char *)text, length);
}

static int json_on_key(void *context, const unsigned char *text, size_t length)
{
    struct json_parser *parser = context;

    if (!json_check_text(parser, (const char *)text, length))
        return 0;
    parser->key_begin = json_take_token(parser);
    parser->key = g_strndup((const char *)text, length);
    return 1;
}

static int json_open_container(struct json_parser *parser, enum json_type type)
{
    struct json *json;

    if (parser->depth == JSON_MAX_DEPTH)
        return json_refuse(parser, _("nested too deeply"));
    json = json_add_value(parser, type);
    json->children = g_ptr_array_new_with_free_func((GDestroyNotify)json_free);
    parser->open[parser->depth++] = json;
    return 1;
}

static int json_on_object(void *context)
{
    return json_open_container(context, JSON_OBJECT);
}

static int json_on_array(void *context)
{
    return json_open_container(context, JSON_ARRAY);
}

static int json_on_end(void *context)
{
    struct json_parser *parser = context;

    json_take_token(parser);
    parser->open[--parser->depth]->place.end = parser->at;
    return 1;
}

static const yajl_callbacks json_callbacks = {
    .yajl_null = json_on_null,
    .yajl_boolean = json_on_boolean,
    .yajl_number = json_on_number,
    .yajl_string = json_on_string,
    .yajl_start_map = json_on_object,
    .yajl_map_key = json_on_key,
    .yajl_end_map = json_on_end,
    .yajl_start_array = json_on_array,
    .yajl_end_array = json_on_end,
};

/* The line where yajl stopped; if the text ends too early, the last line that is not empty. */
static unsigned json_find_error_line(struct json_parser *parser)
{
    gsize end = json_find_token_end(parser);

    while (parser->is_complete && end > 0 && g_ascii_isspace(parser->text[end - 1]))
        end--;
    json_count_lines(parser, end);
    return parser->line;
}

static void json_set_error(struct json_parser *parser, GError **error)
{
    unsigned char *why;

    if (parser->refusal) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD, parser->refusal);
        return;
    }
    /* Without the excerpt of the text that yajl offers: it might show a secret. */
    why = yajl_get_error(parser->yajl, 0, NULL, 0);
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD, g_strchomp((char *)why));
    yajl_free_error(parser->yajl, why);
}

struct json *json_parse_with_line(const char *text, gsize length, enum json_flags flags,
                                  unsigned *line, GError **error)
{
    struct json_parser parser = {.text = text, .length = length, .line = 1};
    yajl_status status;

    parser.yajl = yajl_alloc(&json_callbacks, NULL, &parser);
    yajl_config(parser.yajl, yajl_allow_comments, (flags & JSON_COMMENTS) != 0);
    status = yajl_parse(parser.yajl, (const unsigned char *)text, length);
    if (status == yajl_status_ok) {
        parser.is_complete = true;
        status = yajl_complete_parse(parser.yajl);
    }
    if (status != yajl_status_ok) {
        *line = json_find_error_line(&parser);
        json_set_error(&parser, error);
        g_clear_pointer(&parser.root, json_free);
    }
    yajl_free(parser.yajl);
    secret_wipe(parser.key);
    return parser.root;
}

struct json *json_parse(const char *text, gsize length, enum json_flags flags, GError **error)
{
    unsigned line = 0;
    struct json *json = json_parse_with_line(text, length, flags, &line, error);

    if (!json)
        g_prefix_error(error, "line %u: ", line);
    return json;
}

enum json_type json_type(const struct json *json)
{
    return json ? json->type : JSON_NULL;
}

const char *json_type_name(enum json_type type)
{
    static const char *const names[] = {
        [JSON_NULL] = N_("null"),       [JSON_BOOLEAN] = N_("true or false"),
        [JSON_NUMBER] = N_("a number"), [JSON_STRING] = N_("a string"),
        [JSON_ARRAY] = N_("an array"),  [JSON_OBJECT] = N_("an object"),
    };

    return names[type];
}

unsigned json_line(const struct json *json)
{
    return json ? json->line : 0;
}

struct json_place json_place(const struct json *json)
{
    return json ? json->place : (struct json_place){0};
}

const struct json *json_get(const struct json *json, const char *key)
{
    if (json_type(json) != JSON_OBJECT)
        return NULL;
    for (guint i = json->children->len; i > 0; i--) {
        const struct json *member = json->children->pdata[i - 1];
        if (strcmp(member->key, key) == 0)
            return member;
    }
    return NULL;
}

guint json_length(const struct json *json)
{
    return json && json->children ? json->children->len : 0;
}

const struct json *json_at(const struct json *json, guint index)
{
    return index < json_length(json) ? json->children->pdata[index] : NULL;
}

const char *json_key_at(const struct json *json, guint index)
{
    const struct json *member = json_at(json, index);

    return member ? member->key : NULL;
}

const char *json_string(const struct json *json)
{
    return json_type(json) == JSON_STRING ? json->text : NULL;
}

gint64 json_time(const struct json *json, const char *key)
{
    gint64 time = 0;

    timestamp_parse(json_string(json_get(json, key)), &time);
    return time;
}

bool json_number(const struct json *json, double *value)
{
    double number;

    if (json_type(json) != JSON_NUMBER)
        return false;
    number = g_ascii_strtod(json->text, NULL);
    if (!isfinite(number))
        return false;
    *value = number;
    return true;
}

const char *json_number_text(const struct json *json)
{
    return json_type(json) == JSON_NUMBER ? json->text : NULL;
}

bool json_is_true(const struct json *json)
{
    return json_type(json) == JSON_BOOLEAN && json->truth;
}

bool json_boolean(const struct json *json, gboolean *value)
{
    if (json_type(json) != JSON_BOOLEAN)
        return false;
    *value = json->truth;
    return true;
}
