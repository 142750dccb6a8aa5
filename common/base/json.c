#include "common/base/json.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/secret.h"
#include "common/base/timestamp.h"

#include <math.h>
#include <string.h>
#include <yajl/yajl_parse.h>

struct json {
    enum json_type type;
    unsigned line;
    char *key;           /* within an object */
    char *text;          /* of a string or a number */
    bool truth;          /* of a boolean */
    GPtrArray *children; /* of an array or an object */
};

struct parser {
    yajl_handle yajl;
    const char *text;
    gsize counted; /* bytes of text whose line breaks are in `line` */
    unsigned line;
    struct json *root;
    struct json *open[JSON_MAX_DEPTH]; /* arrays and objects not yet closed, outermost first */
    guint depth;
    char *key; /* of the member that comes next */
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

static unsigned current_line(struct parser *parser)
{
    gsize consumed = yajl_get_bytes_consumed(parser->yajl);

    for (; parser->counted < consumed; parser->counted++)
        parser->line += parser->text[parser->counted] == '\n';
    return parser->line;
}

static int refuse(struct parser *parser, const char *why)
{
    parser->refusal = why;
    return 0;
}

static struct json *add(struct parser *parser, enum json_type type)
{
    struct json *json = g_new0(struct json, 1);

    json->type = type;
    json->line = current_line(parser);
    json->key = g_steal_pointer(&parser->key);
    if (parser->depth > 0)
        g_ptr_array_add(parser->open[parser->depth - 1]->children, json);
    else
        parser->root = json;
    return json;
}

/* yajl looks at the form of UTF-8 alone: it lets half a surrogate pair pass, for one. */
static bool is_text(struct parser *parser, const char *text, gsize length)
{
    if (memchr(text, '\0', length))
        return refuse(parser, _("a NUL character in a string"));
    if (!g_utf8_validate_len(text, length, NULL))
        return refuse(parser, _("a string that is not UTF-8"));
    return true;
}

static int add_text(struct parser *parser, enum json_type type, const char *text, gsize length)
{
    if (!is_text(parser, text, length))
        return 0;
    add(parser, type)->text = g_strndup(text, length);
    return 1;
}

static int on_null(void *context)
{
    add(context, JSON_NULL);
    return 1;
}

static int on_boolean(void *context, int value)
{
    add(context, JSON_BOOLEAN)->truth = value != 0;
    return 1;
}

static int on_number(void *context, const char *text, size_t length)
{
    return add_text(context, JSON_NUMBER, text, length);
}

static int on_string(void *context, const unsigned char *text, size_t length)
{
    return add_text(context, JSON_STRING, (const char *)text, length);
}

static int on_key(void *context, const unsigned char *text, size_t length)
{
    struct parser *parser = context;

    if (!is_text(parser, (const char *)text, length))
        return 0;
    parser->key = g_strndup((const char *)text, length);
    return 1;
}

static int open_container(struct parser *parser, enum json_type type)
{
    struct json *json;

    if (parser->depth == JSON_MAX_DEPTH)
        return refuse(parser, _("nested too deeply"));
    json = add(parser, type);
    json->children = g_ptr_array_new_with_free_func((GDestroyNotify)json_free);
    parser->open[parser->depth++] = json;
    return 1;
}

static int on_object(void *context)
{
    return open_container(context, JSON_OBJECT);
}

static int on_array(void *context)
{
    return open_container(context, JSON_ARRAY);
}

static int on_end(void *context)
{
    struct parser *parser = context;

    parser->depth--;
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_end,
    .yajl_start_array = on_array,
    .yajl_end_array = on_end,
};

/* Of the text that ends too early: the last line that holds anything. */
static unsigned last_line(const char *text, gsize length)
{
    unsigned line = 1;

    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    for (gsize i = 0; i < length; i++)
        line += text[i] == '\n';
    return line;
}

static void set_error(struct parser *parser, unsigned line, GError **error)
{
    if (parser->refusal) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD, "line %u: %s", line, parser->refusal);
        return;
    }
    /* Without the excerpt of the text that yajl offers: it might show a secret. */
    unsigned char *why = yajl_get_error(parser->yajl, 0, NULL, 0);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD, "line %u: %s", line,
                g_strchomp((char *)why));
    yajl_free_error(parser->yajl, why);
}

struct json *json_parse(const char *text, gsize length, enum json_flags flags, GError **error)
{
    struct parser parser = {.text = text, .line = 1};
    bool is_whole;

    parser.yajl = yajl_alloc(&callbacks, NULL, &parser);
    yajl_config(parser.yajl, yajl_allow_comments, (flags & JSON_COMMENTS) != 0);
    is_whole = yajl_parse(parser.yajl, (const unsigned char *)text, length) == yajl_status_ok;
    if (!is_whole || yajl_complete_parse(parser.yajl) != yajl_status_ok) {
        set_error(&parser, is_whole ? last_line(text, length) : current_line(&parser), error);
        g_clear_pointer(&parser.root, json_free);
    }
    yajl_free(parser.yajl);
    secret_wipe(parser.key);
    return parser.root;
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

bool json_boolean(const struct json *json, gboolean *value)
{
    if (json_type(json) != JSON_BOOLEAN)
        return false;
    *value = json->truth;
    return true;
}
