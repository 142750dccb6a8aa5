#include "waybar/setup/jsonc.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/setup/edit.h"

#include <string.h>

#define SPACE " \t\r\n\v\f" /* what yajl passes over */

/* The end of the comment that begins at `at`; `at` if it has none. */
static gsize jsonc_skip_comment(const char *text, gsize at)
{
    bool is_line = text[at + 1] == '/';
    const char *end = strstr(text + at + 2, is_line ? "\n" : "*/");

    if (end)
        return (gsize)(end - text) + (is_line ? 1 : 2);
    return is_line ? at + strlen(text + at) : at;
}

gsize jsonc_skip(const char *text, gsize at)
{
    for (;;) {
        gsize end;

        at += strspn(text + at, SPACE);
        if (text[at] != '/' || (text[at + 1] != '/' && text[at + 1] != '*'))
            return at;
        end = jsonc_skip_comment(text, at);
        if (end == at)
            return at;
        at = end;
    }
}

/* Line breaks stay, so that messages have the right line numbers. */
static void jsonc_blank(char *text, gsize begin, gsize end)
{
    for (gsize i = begin; i < end; i++) {
        if (text[i] != '\n')
            text[i] = ' ';
    }
}

/* Returns the end of the string. Waybar reads "\xNN", which is no JSON: it loses its backslash. */
static gsize jsonc_plain_string(char *plain, gsize at)
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
    gsize at = setup_skip_mark(text);
    bool is_behind_value = false;

    jsonc_blank(plain, 0, at);
    while (plain[at] != '\0') {
        gsize end = jsonc_skip(text, at), after;

        jsonc_blank(plain, at, end);
        at = end;
        if (plain[at] == '\0')
            break;
        if (plain[at] == '"') {
            at = jsonc_plain_string(plain, at);
            is_behind_value = true;
            continue;
        }
        after = plain[at] == ',' ? jsonc_skip(text, at + 1) : at;
        if (after > at && is_behind_value && (text[after] == ']' || text[after] == '}'))
            plain[at] = ' ';
        is_behind_value = strchr("[{:,", plain[at]) == NULL;
        at++;
    }
    return plain;
}

struct json *jsonc_parse(const char *text, GError **error)
{
    g_autofree char *plain = jsonc_plain(text);

    return json_parse(plain, strlen(plain), JSON_STRICT, error);
}

static bool jsonc_is_string(const struct json *json, const char *string)
{
    return g_strcmp0(json_string(json), string) == 0;
}

int jsonc_find(const struct json *array, const char *string)
{
    for (guint i = 0; json_type(array) == JSON_ARRAY && i < json_length(array); i++) {
        if (jsonc_is_string(json_at(array, i), string))
            return (int)i;
    }
    return -1;
}

/* Whether a child is what setup adds: the name in a list, the definition, a list of its own. */
static bool jsonc_is_addition(const struct json *holder, guint index, const char *name)
{
    const struct json *child = json_at(holder, index);

    if (json_type(holder) == JSON_ARRAY)
        return jsonc_is_string(child, name);
    return strcmp(json_key_at(holder, index), name) == 0 ||
           (json_type(child) == JSON_ARRAY && json_length(child) == 1 &&
            jsonc_is_string(json_at(child, 0), name));
}

static bool jsonc_is_equal(const struct json *a, const struct json *b, const char *name);

static bool jsonc_has_equal_key(const struct json *a, guint i, const struct json *b, guint j)
{
    return json_type(a) == JSON_ARRAY || strcmp(json_key_at(a, i), json_key_at(b, j)) == 0;
}

static bool jsonc_has_equal_children(const struct json *a, const struct json *b, const char *name)
{
    guint i = 0, j = 0;

    while (i < json_length(a) || j < json_length(b)) {
        bool both = i < json_length(a) && j < json_length(b);

        if (both && jsonc_has_equal_key(a, i, b, j) &&
            jsonc_is_equal(json_at(a, i), json_at(b, j), name)) {
            i++;
            j++;
        } else if (j < json_length(b) && jsonc_is_addition(b, j, name)) {
            j++;
        } else if (i < json_length(a) && jsonc_is_addition(a, i, name)) {
            i++;
        } else {
            return false;
        }
    }
    return true;
}

static bool jsonc_is_equal(const struct json *a, const struct json *b, const char *name)
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
    return jsonc_has_equal_children(a, b, name);
}

bool jsonc_differs_only_by(const char *before, const char *after, const char *name, GError **error)
{
    autoptr(json) a = jsonc_parse(before, error);
    autoptr(json) b = a ? jsonc_parse(after, error) : NULL;

    if (!b)
        return false;
    if (jsonc_is_equal(a, b, name))
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                _("it would say something else than before"));
    return false;
}
