#include "waybar/setup/jsonc.h"

#include "common/base/json.h"
#include "waybar/setup/jsonc_plain.h"

#include <string.h>

#define SPACE " \t\r\n\v\f" /* as yajl has it */

/* What is read, and where. yajl has said before that it is JSON: this finds the places alone, and
 * yet trusts no byte to be there. */
struct reader {
    const char *text;
    gsize at;
};

void jsonc_free(struct jsonc *json)
{
    if (!json)
        return;
    g_free(json->key);
    g_free(json->string);
    if (json->children)
        g_ptr_array_free(json->children, TRUE);
    g_free(json);
}

/* The end of the comment that begins at `at`; `at` if it has none. */
static gsize skip_comment(const char *text, gsize at)
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
        end = skip_comment(text, at);
        if (end == at)
            return at;
        at = end;
    }
}

/* The end of the string that begins at `at`. */
static gsize skip_string(const char *text, gsize at)
{
    for (at++; text[at] != '\0'; at++) {
        if (text[at] == '"')
            return at + 1;
        if (text[at] == '\\' && text[at + 1] != '\0')
            at++;
    }
    return at;
}

/* The string's value. Of its escapes only those are undone that a name could have. */
static char *read_string(struct reader *reader)
{
    gsize begin = reader->at;
    GString *string = g_string_new(NULL);

    reader->at = skip_string(reader->text, begin);
    for (gsize i = begin + 1; i + 1 < reader->at; i++) {
        const char *escaped = reader->text + i + 1;

        if (reader->text[i] == '\\' && (*escaped == '"' || *escaped == '\\' || *escaped == '/'))
            i++;
        g_string_append_c(string, reader->text[i]);
    }
    return g_string_free(string, FALSE);
}

static struct jsonc *read_value(struct reader *reader);

/* One child with its key, if it has one, and what follows up to the next. */
static struct jsonc *read_child(struct reader *reader, enum jsonc_type holder)
{
    gsize first = reader->at;
    char *key = NULL;
    struct jsonc *child;

    if (holder == JSONC_OBJECT) {
        key = read_string(reader);
        reader->at = jsonc_skip(reader->text, reader->at);
        reader->at += reader->text[reader->at] == ':';
        reader->at = jsonc_skip(reader->text, reader->at);
    }
    child = read_value(reader);
    child->first = first;
    child->key = key;
    reader->at = jsonc_skip(reader->text, reader->at);
    reader->at += reader->text[reader->at] == ',';
    reader->at = jsonc_skip(reader->text, reader->at);
    return child;
}

static void read_children(struct reader *reader, struct jsonc *holder)
{
    const char end = holder->type == JSONC_OBJECT ? '}' : ']';

    holder->children = g_ptr_array_new_with_free_func((GDestroyNotify)jsonc_free);
    reader->at = jsonc_skip(reader->text, reader->at + 1);
    while (reader->text[reader->at] != '\0' && reader->text[reader->at] != end)
        g_ptr_array_add(holder->children, read_child(reader, holder->type));
    reader->at += reader->text[reader->at] == end;
}

static struct jsonc *read_value(struct reader *reader)
{
    struct jsonc *value = g_new0(struct jsonc, 1);

    value->first = value->begin = reader->at;
    value->type = JSONC_OTHER;
    switch (reader->text[reader->at]) {
    case '{':
    case '[':
        value->type = reader->text[reader->at] == '{' ? JSONC_OBJECT : JSONC_ARRAY;
        read_children(reader, value);
        break;
    case '"':
        value->type = JSONC_STRING;
        value->string = read_string(reader);
        break;
    default:
        reader->at += strcspn(reader->text + reader->at, SPACE ",]}/");
    }
    value->end = reader->at;
    return value;
}

struct jsonc *jsonc_parse(const char *text, GError **error)
{
    g_autofree char *plain = jsonc_plain(text);
    autoptr(json) json = json_parse(plain, strlen(plain), JSON_STRICT, error);
    struct reader reader = {text, 0};

    if (!json)
        return NULL;
    reader.at = jsonc_skip(text, strlen(jsonc_mark(text)));
    return read_value(&reader);
}

const struct jsonc *jsonc_get(const struct jsonc *object, const char *key)
{
    for (guint i = object && object->type == JSONC_OBJECT ? object->children->len : 0; i > 0; i--) {
        const struct jsonc *member = object->children->pdata[i - 1];

        if (strcmp(member->key, key) == 0)
            return member;
    }
    return NULL;
}

int jsonc_find(const struct jsonc *array, const char *string)
{
    for (guint i = 0; array && array->type == JSONC_ARRAY && i < array->children->len; i++) {
        const struct jsonc *element = array->children->pdata[i];

        if (g_strcmp0(element->string, string) == 0)
            return (int)i;
    }
    return -1;
}
