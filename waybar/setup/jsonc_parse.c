/* Reads what jsoncpp reads with the settings that Waybar has: comments, a comma before a closing
 * bracket, line breaks in strings (until 1.9.6), any text behind the value; and refuses what that
 * refuses, such as a comment between the last comma and "]". tests/waybar/setup/test_jsoncpp.py
 * compares them. */
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json_internal.h"
#include "common/setup/edit.h"
#include "waybar/setup/jsonc.h"
#include "waybar/setup/jsonc_string.h"

#include <string.h>

#define MAX_DEPTH 1000 /* jsoncpp's "stackLimit" */
#define DIGITS    "0123456789"

/* Tokens; a bracket, a comma or a colon is itself. */
enum jsonc_token {
    JSONC_END,
    JSONC_STRING,
    JSONC_NUMBER,
    JSONC_WORD,
    JSONC_COMMENT,
    JSONC_NOTHING, /* what can be none of these */
};

struct jsonc_reader {
    const char *text;
    gsize begin, at; /* the token that was read last */
    gsize counted;   /* `line` is that of this offset */
    unsigned line;   /* counted from 1 */
    unsigned depth;
    const char *problem; /* at `begin` */
};

static const struct {
    const char *word;
    enum json_type type;
} jsonc_words[] = {{"true", JSON_BOOLEAN}, {"false", JSON_BOOLEAN}, {"null", JSON_NULL}};

static gsize jsonc_word_length(const char *text)
{
    for (gsize i = 0; i < G_N_ELEMENTS(jsonc_words); i++) {
        if (g_str_has_prefix(text, jsonc_words[i].word))
            return strlen(jsonc_words[i].word);
    }
    return 0;
}

/* The length of what begins with a sign or a digit, which may be no number. */
static gsize jsonc_number_length(const char *text)
{
    gsize length = 1 + strspn(text + 1, DIGITS);

    if (text[length] == '.')
        length += 1 + strspn(text + length + 1, DIGITS);
    if (text[length] == 'e' || text[length] == 'E') {
        length += text[length + 1] == '+' || text[length + 1] == '-' ? 2 : 1;
        length += strspn(text + length, DIGITS);
    }
    return length;
}

/* The length of a string with its quotes; 0 if it has no end. */
static gsize jsonc_string_length(const char *text)
{
    gsize length = 1;

    while (text[length] != '\0' && text[length] != '"')
        length += text[length] == '\\' && text[length + 1] != '\0' ? 2 : 1;
    return text[length] == '"' ? length + 1 : 0;
}

static enum jsonc_token jsonc_take(struct jsonc_reader *reader, enum jsonc_token token,
                                   gsize length)
{
    reader->at += length;
    return token;
}

static enum jsonc_token jsonc_take_endless(struct jsonc_reader *reader, const char *problem)
{
    reader->problem = problem;
    return jsonc_take(reader, JSONC_NOTHING, strlen(reader->text + reader->at));
}

static enum jsonc_token jsonc_take_comment(struct jsonc_reader *reader)
{
    const char *text = reader->text + reader->at;
    gsize length = jsonc_comment_length(text);

    if (length > 0)
        return jsonc_take(reader, JSONC_COMMENT, length);
    return text[1] == '*' ? jsonc_take_endless(reader, _("a comment without an end"))
                          : jsonc_take(reader, JSONC_NOTHING, text[1] == '\0' ? 1 : 2);
}

static enum jsonc_token jsonc_take_string(struct jsonc_reader *reader)
{
    gsize length = jsonc_string_length(reader->text + reader->at);

    return length > 0 ? jsonc_take(reader, JSONC_STRING, length)
                      : jsonc_take_endless(reader, _("a string without an end"));
}

static enum jsonc_token jsonc_take_number(struct jsonc_reader *reader)
{
    const char *text = reader->text + reader->at;

    if ((text[0] == '-' || text[0] == '+') && text[1] == 'I') /* infinity, which is not allowed */
        return jsonc_take(reader, JSONC_NOTHING, 2);
    return jsonc_take(reader, JSONC_NUMBER, jsonc_number_length(text));
}

/* Reads the next token, which may be a comment. */
static enum jsonc_token jsonc_read_token(struct jsonc_reader *reader)
{
    const char *text;

    reader->problem = NULL;
    reader->at += strspn(reader->text + reader->at, JSONC_SPACE);
    reader->begin = reader->at;
    text = reader->text + reader->at;
    if (*text == '\0')
        return JSONC_END;
    if (strchr("{}[]:,", *text))
        return jsonc_take(reader, (enum jsonc_token)text[0], 1);
    if (*text == '"')
        return jsonc_take_string(reader);
    if (*text == '/')
        return jsonc_take_comment(reader);
    if (g_ascii_isdigit(*text) || *text == '-' || *text == '+')
        return jsonc_take_number(reader);
    gsize length = jsonc_word_length(text);
    return jsonc_take(reader, length > 0 ? JSONC_WORD : JSONC_NOTHING, MAX(length, 1));
}

static enum jsonc_token jsonc_read_past_comments(struct jsonc_reader *reader)
{
    enum jsonc_token token;

    do {
        token = jsonc_read_token(reader);
    } while (token == JSONC_COMMENT);
    return token;
}

static bool jsonc_refuse(struct jsonc_reader *reader, const char *problem)
{
    if (!reader->problem)
        reader->problem = problem;
    return false;
}

static unsigned jsonc_count_lines(struct jsonc_reader *reader)
{
    for (; reader->counted < reader->begin; reader->counted++)
        reader->line += reader->text[reader->counted] == '\n';
    return reader->line;
}

/* The value of the string that was read; NULL if there is a bad escape in it. */
static char *jsonc_decode_string(struct jsonc_reader *reader)
{
    return jsonc_string_decode(reader->text + reader->begin + 1, reader->at - reader->begin - 2,
                               &reader->problem);
}

static bool jsonc_is_number(const char *text)
{
    const char *digits = text + (text[0] == '-');
    char *end;

    if (digits[strspn(digits, DIGITS)] == '\0')
        return true; /* "-", too, is a 0 */
    g_ascii_strtod(text, &end);
    return *end == '\0';
}

static bool jsonc_read_scalar(struct jsonc_reader *reader, enum jsonc_token token,
                              struct json *value)
{
    g_autofree char *text = g_strndup(reader->text + reader->begin, reader->at - reader->begin);

    switch (token) {
    case JSONC_STRING:
        value->type = JSON_STRING;
        value->text = jsonc_decode_string(reader);
        return value->text != NULL;
    case JSONC_NUMBER:
        value->type = JSON_NUMBER;
        value->text = g_steal_pointer(&text);
        return jsonc_is_number(value->text) || jsonc_refuse(reader, _("not a number"));
    case JSONC_WORD:
        value->type = text[0] == 'n' ? JSON_NULL : JSON_BOOLEAN;
        value->truth = text[0] == 't';
        return true;
    default:
        return jsonc_refuse(
            reader, (int)token == ']'
                        ? _("Waybar can't read a comment between a trailing comma, or \"[\", and "
                            "\"]\"; remove the comma or the comment")
                        : _("a value is missing"));
    }
}

static struct json *jsonc_read_value(struct jsonc_reader *reader);

static bool jsonc_read_array(struct jsonc_reader *reader, struct json *array)
{
    enum jsonc_token token;

    do {
        struct json *element;

        reader->at += strspn(reader->text + reader->at, JSONC_SPACE);
        if (reader->text[reader->at] == ']') {
            reader->at++;
            return true;
        }
        element = jsonc_read_value(reader);
        if (!element)
            return false;
        g_ptr_array_add(array->children, element);
        token = jsonc_read_past_comments(reader);
    } while (token == ',');
    return token == ']' || jsonc_refuse(reader, _("\",\" or \"]\" is missing"));
}

/* Reads a member, whose key is the token that was read last. */
static bool jsonc_read_member(struct jsonc_reader *reader, struct json *object)
{
    gsize first = reader->begin;
    g_autofree char *key = jsonc_decode_string(reader);
    struct json *value;

    if (!key)
        return false;
    if (jsonc_read_token(reader) != ':')
        return jsonc_refuse(reader, _("\":\" is missing"));
    value = jsonc_read_value(reader);
    if (!value)
        return false;
    value->key = g_steal_pointer(&key);
    value->place.first = first;
    g_ptr_array_add(object->children, value);
    return true;
}

static bool jsonc_read_object(struct jsonc_reader *reader, struct json *object)
{
    enum jsonc_token token;

    do {
        token = jsonc_read_past_comments(reader);
        if (token == '}')
            return true;
        if (token != JSONC_STRING)
            return jsonc_refuse(reader, _("a name in quotes or \"}\" is missing"));
        if (!jsonc_read_member(reader, object))
            return false;
        token = jsonc_read_past_comments(reader);
    } while (token == ',');
    return token == '}' || jsonc_refuse(reader, _("\",\" or \"}\" is missing"));
}

static bool jsonc_read_into(struct jsonc_reader *reader, enum jsonc_token token, struct json *value)
{
    if (reader->depth > MAX_DEPTH)
        return jsonc_refuse(reader, _("nested too deeply"));
    if (token != '[' && token != '{')
        return jsonc_read_scalar(reader, token, value);
    value->type = token == '[' ? JSON_ARRAY : JSON_OBJECT;
    value->children = g_ptr_array_new_with_free_func((GDestroyNotify)json_free);
    return token == '[' ? jsonc_read_array(reader, value) : jsonc_read_object(reader, value);
}

static struct json *jsonc_read_value(struct jsonc_reader *reader)
{
    enum jsonc_token token = jsonc_read_past_comments(reader);
    autoptr(json) value = g_new0(struct json, 1);

    value->line = jsonc_count_lines(reader);
    value->place.first = value->place.begin = reader->begin;
    reader->depth++;
    if (!jsonc_read_into(reader, token, value))
        return NULL;
    reader->depth--;
    value->place.end = reader->at;
    return g_steal_pointer(&value);
}

struct json *jsonc_parse(const char *text, GError **error)
{
    struct jsonc_reader reader = {.text = text, .at = setup_skip_mark(text), .line = 1};
    struct json *root = jsonc_read_value(&reader);

    if (!root)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD, "line %u: %s",
                    jsonc_count_lines(&reader), reader.problem);
    return root;
}
