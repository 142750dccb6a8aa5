#include "plugins/support/toml.h"

#include "common/secret.h"

#include <string.h>

#define MAX_ENTRIES 4096 /* tables and keys; what comes after is left out */
#define MAX_DEPTH   32   /* of inline tables and arrays in one another */

/* Between the names of a path; no name may hold it. */
#define SEPARATOR '\x1f'

struct toml_entry {
    char *path;  /* "providers\x1fkimi\x1fapi_key" */
    char *value; /* NULL: a table, or a value of another kind */
};

struct toml {
    GPtrArray *entries; /* of struct toml_entry, in the order of the text */
};

/* Where the reader is. The text ends in a NUL, and holds no other. */
struct toml_reader {
    const char *at;
    struct toml *toml;
    int depth;
};

static void toml_entry_free(struct toml_entry *entry)
{
    g_free(entry->path);
    secret_wipe(entry->value);
    g_free(entry);
}

/* Takes the value over. */
static void toml_add(struct toml *toml, const char *path, char *value)
{
    struct toml_entry *entry;

    if (toml->entries->len >= MAX_ENTRIES) {
        secret_wipe(value);
        return;
    }
    entry = g_new(struct toml_entry, 1);
    entry->path = g_strdup(path);
    entry->value = value;
    g_ptr_array_add(toml->entries, entry);
}

static void toml_skip_blanks(struct toml_reader *reader)
{
    reader->at += strspn(reader->at, " \t");
}

static void toml_skip_line(struct toml_reader *reader)
{
    reader->at += strcspn(reader->at, "\n");
}

/* Blanks, line ends and comments. */
static void toml_skip_space(struct toml_reader *reader)
{
    for (;;) {
        reader->at += strspn(reader->at, " \t\r\n");
        if (*reader->at != '#')
            return;
        toml_skip_line(reader);
    }
}

static bool toml_take(struct toml_reader *reader, const char *text)
{
    if (!g_str_has_prefix(reader->at, text))
        return false;
    reader->at += strlen(text);
    return true;
}

static bool toml_add_unicode(struct toml_reader *reader, gsize digits, GString *text)
{
    gunichar character = 0;

    for (gsize i = 0; i < digits; i++) {
        int digit = g_ascii_xdigit_value(*reader->at);
        if (digit < 0)
            return false;
        character = character * 16 + (gunichar)digit;
        reader->at++;
    }
    if (character == 0 || !g_unichar_validate(character))
        return false;
    g_string_append_unichar(text, character);
    return true;
}

/* What stands behind a backslash. */
static bool toml_add_escape(struct toml_reader *reader, GString *text)
{
    static const char names[] = "btnfr\"\\e";
    static const char values[] = "\b\t\n\f\r\"\\\x1b";
    const char *found;

    if (*reader->at == '\0')
        return false;
    if (reader->at[strspn(reader->at, " \t\r")] == '\n') { /* the line goes on */
        reader->at += strspn(reader->at, " \t\r\n");
        return true;
    }
    if (toml_take(reader, "u"))
        return toml_add_unicode(reader, 4, text);
    if (toml_take(reader, "U"))
        return toml_add_unicode(reader, 8, text);
    found = strchr(names, *reader->at);
    if (!found)
        return false;
    g_string_append_c(text, values[found - names]);
    reader->at++;
    return true;
}

/* The quotes that begin a string here; NULL: none does. */
static const char *toml_find_quotes(const char *at)
{
    static const char *const quotes[] = {"\"\"\"", "'''", "\"", "'"};

    for (gsize i = 0; i < G_N_ELEMENTS(quotes); i++) {
        if (g_str_has_prefix(at, quotes[i]))
            return quotes[i];
    }
    return NULL;
}

/* Wipes what the buffer holds. */
static void toml_wipe_buffer(GString *text)
{
    explicit_bzero(text->str, text->allocated_len);
    g_string_free(text, TRUE);
}

/* A string, whose quotes are here; the caller wipes it. NULL: it has no end, or a wrong escape. */
static char *toml_read_string(struct toml_reader *reader)
{
    const char *quotes = toml_find_quotes(reader->at);
    bool is_long = quotes[1] != '\0';
    GString *text = g_string_sized_new(strcspn(reader->at, "\n"));
    bool is_good = true;

    reader->at += strlen(quotes);
    if (is_long && !toml_take(reader, "\n"))
        toml_take(reader, "\r\n");
    while (is_good && !g_str_has_prefix(reader->at, quotes)) {
        if (*reader->at == '\0' || (*reader->at == '\n' && !is_long)) {
            is_good = false;
        } else if (*reader->at == '\\' && quotes[0] == '"') {
            reader->at++;
            is_good = toml_add_escape(reader, text);
        } else {
            g_string_append_c(text, *reader->at++);
        }
    }
    if (is_good) {
        reader->at += strlen(quotes);
        while (is_long && *reader->at == quotes[0]) /* up to two quotes may stand before the end */
            g_string_append_c(text, *reader->at++);
    }
    char *result = is_good ? g_strdup(text->str) : NULL;
    toml_wipe_buffer(text);
    return result;
}

/* One name of a key; the caller frees it. NULL: there is none. */
static char *toml_read_name(struct toml_reader *reader)
{
    gsize length = 0;

    toml_skip_blanks(reader);
    if (*reader->at == '"' || *reader->at == '\'') {
        g_autofree char *name = toml_read_string(reader);
        return name && !strchr(name, SEPARATOR) ? g_steal_pointer(&name) : NULL;
    }
    while (g_ascii_isalnum(reader->at[length]) || reader->at[length] == '_' ||
           reader->at[length] == '-')
        length++;
    reader->at += length;
    return length > 0 ? g_strndup(reader->at - length, length) : NULL;
}

/* A dotted key below `table`; the caller frees its path. NULL: there is none. */
static char *toml_read_key(struct toml_reader *reader, const char *table)
{
    g_autoptr(GString) path = g_string_new(table);

    do {
        g_autofree char *name = toml_read_name(reader);
        if (!name)
            return NULL;
        if (path->len > 0)
            g_string_append_c(path, SEPARATOR);
        g_string_append(path, name);
        toml_skip_blanks(reader);
    } while (toml_take(reader, "."));
    return g_strdup(path->str);
}

static bool toml_read_value(struct toml_reader *reader, const char *path);

/* A key, "=", and its value; false if it is something else. `is_kept`: else it is passed over. */
static bool toml_read_pair(struct toml_reader *reader, const char *table)
{
    g_autofree char *path = toml_read_key(reader, table ? table : "");

    if (!path || !toml_take(reader, "="))
        return false;
    toml_skip_blanks(reader);
    return toml_read_value(reader, table ? path : NULL);
}

/* What stands within brackets; `item` reads one. */
static bool toml_read_items(struct toml_reader *reader, const char *path, char end,
                            bool (*item)(struct toml_reader *reader, const char *path))
{
    reader->at++;
    toml_skip_space(reader);
    while (*reader->at != end) {
        if (!item(reader, path))
            return false;
        toml_skip_space(reader);
        if (!toml_take(reader, ",") && *reader->at != end)
            return false;
        toml_skip_space(reader);
    }
    reader->at++;
    return true;
}

/* A value, which becomes the entry of this path; NULL: it is passed over. */
static bool toml_read_value(struct toml_reader *reader, const char *path)
{
    bool is_good;

    if (*reader->at == '"' || *reader->at == '\'') {
        char *text = toml_read_string(reader);
        is_good = text != NULL;
        if (is_good && path)
            toml_add(reader->toml, path, text);
        else
            secret_wipe(text);
        return is_good;
    }
    if (path)
        toml_add(reader->toml, path, NULL);
    if (*reader->at != '[' && *reader->at != '{') {
        gsize length = strcspn(reader->at, ",]}#\r\n"); /* a number, a date, true or false */
        reader->at += length;
        return length > 0;
    }
    if (reader->depth >= MAX_DEPTH)
        return false;
    reader->depth++;
    is_good = *reader->at == '[' ? toml_read_items(reader, NULL, ']', toml_read_value)
                                 : toml_read_items(reader, path, '}', toml_read_pair);
    reader->depth--;
    return is_good;
}

/* "[a.b]" or "[[a.b]]"; gives the path, which the caller frees. NULL: what follows belongs to no
 * table that is kept, for it is one of an array, or the header is wrong. */
static char *toml_read_header(struct toml_reader *reader)
{
    bool is_array = toml_take(reader, "[[");
    g_autofree char *path = NULL;

    if (!is_array)
        reader->at++;
    path = toml_read_key(reader, "");
    if (!path || is_array || !toml_take(reader, "]"))
        return NULL;
    toml_add(reader->toml, path, NULL);
    return g_steal_pointer(&path);
}

static void toml_read(struct toml_reader *reader)
{
    g_autofree char *table = g_strdup("");

    for (toml_skip_space(reader); *reader->at != '\0'; toml_skip_space(reader)) {
        if (*reader->at == '[') {
            g_free(table);
            table = toml_read_header(reader);
        } else {
            toml_read_pair(reader, table);
        }
        toml_skip_line(reader); /* what else stands there is a comment, or wrong */
    }
}

struct toml *toml_parse(const char *text, gsize length)
{
    struct toml *toml = g_new0(struct toml, 1);
    /* Up to a NUL, which no TOML holds. */
    char *copy = g_strndup(text, length);
    struct toml_reader reader = {.at = copy, .toml = toml};

    toml->entries = g_ptr_array_new_with_free_func((GDestroyNotify)toml_entry_free);
    toml_take(&reader, "\xef\xbb\xbf"); /* a byte order mark */
    toml_read(&reader);
    secret_wipe(copy);
    return toml;
}

void toml_free(struct toml *toml)
{
    if (!toml)
        return;
    g_ptr_array_unref(toml->entries);
    g_free(toml);
}

/* Joins the names of a path; the caller frees it. */
static char *toml_join(const char *first, va_list names)
{
    GString *path = g_string_new(first);
    const char *name;

    while ((name = va_arg(names, const char *))) {
        g_string_append_c(path, SEPARATOR);
        g_string_append(path, name);
    }
    return g_string_free(path, FALSE);
}

const char *toml_string(const struct toml *toml, const char *first, ...)
{
    va_list names;

    va_start(names, first);
    g_autofree char *path = toml_join(first, names);
    va_end(names);
    for (guint i = 0; i < toml->entries->len; i++) {
        const struct toml_entry *entry = toml->entries->pdata[i];
        if (entry->value && strcmp(entry->path, path) == 0)
            return entry->value;
    }
    return NULL;
}

/* What stands behind the path in that of the entry; NULL: the entry is not below it. */
static const char *toml_below(const struct toml_entry *entry, const char *path)
{
    gsize length = strlen(path);

    if (strncmp(entry->path, path, length) != 0 || entry->path[length] != SEPARATOR)
        return NULL;
    return entry->path + length + 1;
}

bool toml_has(const struct toml *toml, const char *first, ...)
{
    va_list names;

    va_start(names, first);
    g_autofree char *path = toml_join(first, names);
    va_end(names);
    for (guint i = 0; i < toml->entries->len; i++) {
        const struct toml_entry *entry = toml->entries->pdata[i];
        if (strcmp(entry->path, path) == 0 || toml_below(entry, path))
            return true;
    }
    return false;
}

char **toml_names(const struct toml *toml, const char *first, ...)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *found = g_ptr_array_new();
    va_list names;

    va_start(names, first);
    g_autofree char *path = toml_join(first, names);
    va_end(names);
    for (guint i = 0; i < toml->entries->len; i++) {
        const char *rest = toml_below(toml->entries->pdata[i], path);
        char *name = rest ? g_strndup(rest, strcspn(rest, "\x1f")) : NULL;

        if (name && g_hash_table_add(known, name))
            g_ptr_array_add(found, name);
        else
            g_free(name);
    }
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}
