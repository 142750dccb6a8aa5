#include "plugins/support/toml.h"

#include "common/base/secret.h"
#include "plugins/support/toml_read.h"

#include <string.h>

#define MAX_LENGTH (256 * 1024) /* bytes; the rest is left out */

struct toml {
    GPtrArray *entries; /* of struct toml_entry, in the order of the text */
};

struct toml *toml_parse(const char *text, gsize length)
{
    struct toml *toml = g_new0(struct toml, 1);
    /* Up to a NUL, which no TOML holds. */
    char *copy = g_strndup(text, MIN(length, MAX_LENGTH));

    toml->entries = toml_read(copy);
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
    GString *path = g_string_new(NULL);

    for (const char *name = first; name; name = va_arg(names, const char *)) {
        g_string_append_c(path, TOML_SEPARATOR);
        g_string_append(path, name);
    }
    return g_string_free(path, FALSE);
}

/* The entry's path below this one; NULL if it is not below it. */
static const char *toml_below(const struct toml_entry *entry, const char *path)
{
    gsize length = strlen(path);

    if (strncmp(entry->path, path, length) != 0 || entry->path[length] != TOML_SEPARATOR)
        return NULL;
    return entry->path + length + 1;
}

const char *toml_string(const struct toml *toml, const char *first, ...)
{
    va_list names;

    va_start(names, first);
    g_autofree char *path = toml_join(first, names);
    va_end(names);
    for (guint i = 0; i < toml->entries->len; i++) {
        const struct toml_entry *entry = toml->entries->pdata[i];
        if (strcmp(entry->path, path) == 0)
            return entry->value;
    }
    return NULL;
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
    static const char separator[] = {TOML_SEPARATOR, '\0'};
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *found = g_ptr_array_new();
    va_list names;

    va_start(names, first);
    g_autofree char *path = toml_join(first, names);
    va_end(names);
    for (guint i = 0; i < toml->entries->len; i++) {
        const char *rest = toml_below(toml->entries->pdata[i], path);
        char *name = rest ? g_strndup(rest, strcspn(rest, separator)) : NULL;

        if (!name || g_hash_table_contains(known, name)) {
            g_free(name);
            continue;
        }
        g_hash_table_add(known, name);
        g_ptr_array_add(found, name);
    }
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}
