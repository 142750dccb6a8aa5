#include "waybar/setup/jsonc_plain.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "waybar/setup/jsonc.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

const char *jsonc_mark(const char *text)
{
    return g_str_has_prefix(text, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
}

/* Line breaks stay, for the line numbers of messages. */
static void blank(char *text, gsize begin, gsize end)
{
    for (gsize i = begin; i < end; i++) {
        if (text[i] != '\n')
            text[i] = ' ';
    }
}

/* A string's end. Waybar reads "\xNN", which JSON has not: its backslash is not kept. */
static gsize pass_string(char *plain, gsize at)
{
    for (at++; plain[at] != '\0' && plain[at] != '"'; at++) {
        if (plain[at] != '\\' || plain[at + 1] == '\0')
            continue;
        if (plain[at + 1] == 'x')
            plain[at] = '?';
        at++;
    }
    return plain[at] == '"' ? at + 1 : at;
}

char *jsonc_plain(const char *text)
{
    char *plain = g_strdup(text);
    gsize at = strlen(jsonc_mark(text));
    bool value_stands_before = false;

    blank(plain, 0, at);
    while (plain[at] != '\0') {
        gsize end = jsonc_skip(text, at), after;

        blank(plain, at, end);
        at = end;
        if (plain[at] == '\0')
            break;
        if (plain[at] == '"') {
            at = pass_string(plain, at);
            value_stands_before = true;
            continue;
        }
        after = plain[at] == ',' ? jsonc_skip(text, at + 1) : at;
        if (after > at && value_stands_before && (text[after] == ']' || text[after] == '}'))
            plain[at] = ' ';
        value_stands_before = strchr("[{:,", plain[at]) == NULL;
        at++;
    }
    return plain;
}

static bool is_name(const struct json *json, const char *name)
{
    return json_type(json) == JSON_STRING && strcmp(json_string(json), name) == 0;
}

/* Whether a child is what the module adds: its name in a list, its definition, its own list. */
static bool is_addition(const struct json *holder, guint index, const char *name)
{
    const struct json *child = json_at(holder, index);

    if (json_type(holder) == JSON_ARRAY)
        return is_name(child, name);
    return strcmp(json_key_at(holder, index), name) == 0 ||
           (json_type(child) == JSON_ARRAY && json_length(child) == 1 &&
            is_name(json_at(child, 0), name));
}

static bool is_equal(const struct json *a, const struct json *b, const char *name);

static bool has_equal_key(const struct json *a, guint i, const struct json *b, guint j)
{
    return json_type(a) == JSON_ARRAY || strcmp(json_key_at(a, i), json_key_at(b, j)) == 0;
}

static bool has_equal_children(const struct json *a, const struct json *b, const char *name)
{
    guint i = 0, j = 0;

    while (i < json_length(a) || j < json_length(b)) {
        bool both = i < json_length(a) && j < json_length(b);

        if (both && has_equal_key(a, i, b, j) && is_equal(json_at(a, i), json_at(b, j), name)) {
            i++;
            j++;
        } else if (j < json_length(b) && is_addition(b, j, name)) {
            j++;
        } else if (i < json_length(a) && is_addition(a, i, name)) {
            i++;
        } else {
            return false;
        }
    }
    return true;
}

static bool is_equal(const struct json *a, const struct json *b, const char *name)
{
    gboolean yes_a = FALSE, yes_b = FALSE;

    if (json_type(a) != json_type(b))
        return false;
    switch (json_type(a)) {
    case JSON_NULL:
        return true;
    case JSON_BOOLEAN:
        return json_boolean(a, &yes_a) && json_boolean(b, &yes_b) && yes_a == yes_b;
    case JSON_NUMBER:
        return strcmp(json_number_text(a), json_number_text(b)) == 0;
    case JSON_STRING:
        return strcmp(json_string(a), json_string(b)) == 0;
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
    return has_equal_children(a, b, name);
}

bool jsonc_differs_only_by(const char *before, const char *after, const char *name, GError **error)
{
    g_autofree char *plain_before = jsonc_plain(before);
    g_autofree char *plain_after = jsonc_plain(after);
    autoptr(json) a = json_parse(plain_before, strlen(plain_before), JSON_STRICT, error);
    autoptr(json) b = a ? json_parse(plain_after, strlen(plain_after), JSON_STRICT, error) : NULL;

    if (!b)
        return false;
    if (is_equal(a, b, name))
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                _("it would say something else than before"));
    return false;
}
