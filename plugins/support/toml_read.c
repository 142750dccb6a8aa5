#include "plugins/support/toml_read.h"

#include "common/base/secret.h"

#include <stdbool.h>
#include <string.h>

#define MAX_DEPTH   32   /* of inline tables in one another */
#define MAX_PATH    1024 /* bytes; keys with a longer one are skipped */
#define MAX_ENTRIES 4096

#define LONG_QUOTES 3 /* characters that begin and end a string of several lines */

/* Where the reader is. The text ends in a NUL, and holds no other. */
struct toml_reader {
    const char *at;
    GPtrArray *entries;
    GHashTable *arrays; /* paths of arrays of tables, which are skipped with all below them */
    int depth;
};

static void toml_entry_free(gpointer data)
{
    struct toml_entry *entry = data;

    g_free(entry->path);
    secret_wipe(entry->value);
    g_free(entry);
}

/* Takes ownership of the value. */
static void toml_add(struct toml_reader *reader, const char *path, char *value)
{
    struct toml_entry *entry;

    if (reader->entries->len >= MAX_ENTRIES) {
        secret_wipe(value);
        return;
    }
    entry = g_new(struct toml_entry, 1);
    entry->path = g_strdup(path);
    entry->value = value;
    g_ptr_array_add(reader->entries, entry);
}

static void toml_skip_blanks(struct toml_reader *reader)
{
    reader->at += strspn(reader->at, " \t");
}

static void toml_skip_line(struct toml_reader *reader)
{
    reader->at += strcspn(reader->at, "\n");
}

/* Skips blanks, line ends and comments. */
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

static bool toml_is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* How many quotes begin the string here: one, or three if it may have several lines. */
static gsize toml_count_quotes(const char *at)
{
    return at[1] == at[0] && at[2] == at[0] ? LONG_QUOTES : 1;
}

/* The end of the string that begins here; NULL if it has none. */
static const char *toml_find_end(const char *at)
{
    gsize count = toml_count_quotes(at);
    char quotes[LONG_QUOTES + 1] = {0};

    memset(quotes, at[0], count);
    for (at += count; !g_str_has_prefix(at, quotes); at++) {
        if (*at == '\0' || (*at == '\n' && count == 1))
            return NULL;
        if (*at == '\\' && quotes[0] == '"' && at[1] != '\0' && at[1] != '\n')
            at++;
    }
    at += count;
    for (int i = 0; i < 2 && count == LONG_QUOTES && *at == quotes[0]; i++)
        at++; /* up to two quotes may stand before those that end it */
    return at;
}

/* Skips the string that begins here. Returns false if it has no end: then it is all up to the end
 * of its line, or of the text if it may have several lines. */
static bool toml_skip_string(struct toml_reader *reader)
{
    const char *end = toml_find_end(reader->at);

    if (end)
        reader->at = end;
    else if (toml_count_quotes(reader->at) == 1)
        toml_skip_line(reader);
    else
        reader->at += strlen(reader->at);
    return end != NULL;
}

/* Skips all from the bracket here to the one that closes it. */
static void toml_skip_brackets(struct toml_reader *reader)
{
    int open = 0;

    do {
        if (toml_is_quote(*reader->at)) {
            toml_skip_string(reader);
        } else if (*reader->at != '\0') {
            open += strchr("[{", *reader->at) ? 1 : 0;
            open -= strchr("]}", *reader->at) ? 1 : 0;
            reader->at++;
        }
        if (open > 0)
            toml_skip_space(reader);
    } while (open > 0 && *reader->at != '\0');
}

/* Skips the rest of a statement: a comment, or something wrong. Something like a key in a string or
 * in brackets is none there either. */
static void toml_skip_rest(struct toml_reader *reader)
{
    while (*reader->at != '\0' && *reader->at != '\n') {
        if (toml_is_quote(*reader->at))
            toml_skip_string(reader);
        else if (*reader->at == '[' || *reader->at == '{')
            toml_skip_brackets(reader);
        else if (*reader->at == '#')
            toml_skip_line(reader);
        else
            reader->at++;
    }
}

static bool toml_add_unicode(const char **at, int digits, GString *text)
{
    gunichar character = 0;

    for (int i = 0; i < digits; i++, (*at)++) {
        int digit = g_ascii_xdigit_value(**at);
        if (digit < 0)
            return false;
        character = character * 16 + (gunichar)digit;
    }
    if (character == 0 || !g_unichar_validate(character))
        return false;
    g_string_append_unichar(text, character);
    return true;
}

/* Adds the character for an escape; `at` is after the backslash, and moves on to its end. */
static bool toml_add_escape(const char **at, GString *text)
{
    static const char names[] = "btnfr\"\\e";
    static const char values[] = "\b\t\n\f\r\"\\\x1b";
    char name = **at;
    const char *found = strchr(names, name);

    if ((*at)[strspn(*at, " \t\r")] == '\n') { /* the line goes on after all space */
        *at += strspn(*at, " \t\r\n");
        return true;
    }
    (*at)++;
    if (name == 'u' || name == 'U')
        return toml_add_unicode(at, name == 'u' ? 4 : 8, text);
    if (found)
        g_string_append_c(text, values[found - names]);
    return found != NULL;
}

/* The string between `at` and `end`, which has no quotes. The caller wipes it. NULL if an escape is
 * wrong, or it is not UTF-8. */
static char *toml_unescape(const char *at, const char *end, bool has_escapes)
{
    /* No escape is shorter than its character: the buffer never grows and leaves no copy. */
    GString *text = g_string_sized_new((gsize)(end - at) + 1);
    bool is_good = true;

    while (is_good && at < end) {
        char c = *at++;
        if (c == '\\' && has_escapes)
            is_good = toml_add_escape(&at, text);
        else
            g_string_append_c(text, c);
    }
    char *result = g_string_free(text, FALSE);
    if (is_good && g_utf8_validate(result, -1, NULL))
        return result;
    secret_wipe(result);
    return NULL;
}

/* The string that begins here; the caller wipes it. NULL if it can't be read; with `has_end` it has
 * been skipped. */
static char *toml_read_string(struct toml_reader *reader, bool *has_end)
{
    const char *at = reader->at;
    gsize count = toml_count_quotes(at);
    bool has_escapes = *at == '"';

    *has_end = toml_skip_string(reader);
    if (!*has_end)
        return NULL;
    at += count;
    if (count == LONG_QUOTES)
        at += g_str_has_prefix(at, "\r\n") ? 2 : *at == '\n' ? 1 : 0;
    return toml_unescape(at, reader->at - count, has_escapes);
}

/* One name of a key; the caller frees it. NULL if there is none. */
static char *toml_read_name(struct toml_reader *reader)
{
    gsize length = 0;

    toml_skip_blanks(reader);
    if (toml_is_quote(*reader->at)) {
        bool is_long = toml_count_quotes(reader->at) == LONG_QUOTES, has_end;
        g_autofree char *name = toml_read_string(reader, &has_end);
        return name && !is_long && !strchr(name, TOML_SEPARATOR) ? g_steal_pointer(&name) : NULL;
    }
    while (g_ascii_isalnum(reader->at[length]) || reader->at[length] == '_' ||
           reader->at[length] == '-')
        length++;
    reader->at += length;
    return length > 0 ? g_strndup(reader->at - length, length) : NULL;
}

/* Reads a dotted key and sets its path below `table`, which the caller frees; NULL if it is to be
 * skipped, as everything in a `table` of NULL is. Returns false if there is no key here. */
static bool toml_read_key(struct toml_reader *reader, const char *table, char **path)
{
    g_autoptr(GString) joined = g_string_new(table);

    *path = NULL;
    do {
        g_autofree char *name = toml_read_name(reader);
        if (!name)
            return false;
        if (joined->len <= MAX_PATH) {
            g_string_append_c(joined, TOML_SEPARATOR);
            g_string_append(joined, name);
        }
        toml_skip_blanks(reader);
    } while (toml_take(reader, "."));
    if (table && joined->len <= MAX_PATH)
        *path = g_strdup(joined->str);
    return true;
}

static bool toml_read_value(struct toml_reader *reader, const char *path);

/* Reads a key, "=", and a value; returns false if it is something else. */
static bool toml_read_pair(struct toml_reader *reader, const char *table)
{
    g_autofree char *path = NULL;

    if (!toml_read_key(reader, table, &path) || !toml_take(reader, "="))
        return false;
    toml_skip_blanks(reader);
    return toml_read_value(reader, path);
}

/* Reads the pairs of an inline table, up to its end. */
static bool toml_read_pairs(struct toml_reader *reader, const char *path)
{
    reader->at++;
    toml_skip_space(reader);
    while (*reader->at != '}') {
        if (!toml_read_pair(reader, path))
            return false;
        toml_skip_space(reader);
        if (!toml_take(reader, ",") && *reader->at != '}')
            return false;
        toml_skip_space(reader);
    }
    reader->at++;
    return true;
}

/* Skips the table if `path` is NULL, or if it is too deep or wrong. */
static void toml_read_inline_table(struct toml_reader *reader, const char *path)
{
    const char *begin = reader->at;
    bool is_good;

    reader->depth++;
    is_good = path && reader->depth <= MAX_DEPTH && toml_read_pairs(reader, path);
    reader->depth--;
    if (is_good)
        return;
    reader->at = begin;
    toml_skip_brackets(reader);
}

/* Reads a value and adds it at this path; if that is NULL, skips it. Returns false if there is
 * none. */
static bool toml_read_value(struct toml_reader *reader, const char *path)
{
    const char *begin = reader->at;

    if (toml_is_quote(*begin)) {
        bool has_end;
        char *text = toml_read_string(reader, &has_end);
        if (path && text)
            toml_add(reader, path, text);
        else
            secret_wipe(text);
        return has_end;
    }
    if (*begin == '[')
        toml_skip_brackets(reader);
    else if (*begin != '{')
        reader->at += strcspn(begin, ",[]{}#\"'\r\n"); /* a number, a date, true or false */
    if (*begin != '{' && reader->at == begin)
        return false;
    if (path)
        toml_add(reader, path, NULL);
    if (*begin == '{')
        toml_read_inline_table(reader, path);
    return true;
}

/* Whether an array of tables is at this path or above it. */
static bool toml_is_in_array(const struct toml_reader *reader, const char *path)
{
    for (const char *end = path; *end != '\0';) {
        end = strchr(end + 1, TOML_SEPARATOR);
        g_autofree char *above = end ? g_strndup(path, (gsize)(end - path)) : g_strdup(path);
        if (g_hash_table_contains(reader->arrays, above))
            return true;
        if (!end)
            break;
    }
    return false;
}

/* Reads "[a.b]" or "[[a.b]]" and returns the path, which the caller frees. NULL if what follows is
 * to be skipped, because the table belongs to an array or the header is wrong. */
static char *toml_read_header(struct toml_reader *reader)
{
    bool is_array = toml_take(reader, "[[");
    g_autofree char *path = NULL;

    if (!is_array)
        reader->at++;
    if (!toml_read_key(reader, "", &path) || !toml_take(reader, is_array ? "]]" : "]") || !path)
        return NULL;
    if (is_array)
        g_hash_table_add(reader->arrays, g_steal_pointer(&path));
    else if (!toml_is_in_array(reader, path))
        toml_add(reader, path, NULL);
    else
        return NULL;
    return g_steal_pointer(&path);
}

GPtrArray *toml_read(const char *text)
{
    g_autoptr(GHashTable) arrays = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct toml_reader reader = {.at = text, .arrays = arrays};
    g_autofree char *table = g_strdup("");

    reader.entries = g_ptr_array_new_with_free_func(toml_entry_free);
    toml_take(&reader, "\xef\xbb\xbf"); /* a byte order mark */
    for (toml_skip_space(&reader); *reader.at != '\0'; toml_skip_space(&reader)) {
        if (*reader.at == '[') {
            g_free(table);
            table = toml_read_header(&reader);
        } else {
            toml_read_pair(&reader, table);
        }
        toml_skip_rest(&reader);
    }
    return reader.entries;
}
