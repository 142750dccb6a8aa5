#include "waybar/setup/jsonc.h"

#include "common/base/error.h"
#include "common/base/i18n.h"

#include <string.h>

gsize jsonc_comment_length(const char *text)
{
    const char *end;

    if (g_str_has_prefix(text, "//")) {
        gsize length = strcspn(text, "\r\n");

        length += text[length] == '\r';
        return length + (text[length] == '\n');
    }
    end = g_str_has_prefix(text, "/*") ? strstr(text + 2, "*/") : NULL;
    return end ? (gsize)(end - text) + 2 : 0;
}

gsize jsonc_skip(const char *text, gsize at)
{
    gsize comment;

    do {
        at += strspn(text + at, JSONC_SPACE);
        comment = jsonc_comment_length(text + at);
        at += comment;
    } while (comment > 0);
    return at;
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

bool jsonc_has_key(const struct json *json, const char *string)
{
    bool found = false;

    for (guint i = 0; !found && i < json_length(json); i++)
        found =
            g_strcmp0(json_key_at(json, i), string) == 0 || jsonc_has_key(json_at(json, i), string);
    return found;
}

bool jsonc_has_string(const struct json *json, const char *string)
{
    bool found = jsonc_is_string(json, string);

    for (guint i = 0; !found && i < json_length(json); i++)
        found = jsonc_has_string(json_at(json, i), string);
    return found;
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
