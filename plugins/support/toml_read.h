/* The half of toml.h that goes through the text: from its bytes to a list of paths and values. */
#pragma once

#include <glib.h>

/* Before each name of a path; no name may hold it. */
#define TOML_SEPARATOR '\x1f'

struct toml_entry {
    char *path;  /* such as "\x1f" "providers" "\x1f" "kimi" */
    char *value; /* NULL: a table, or a value that is no string */
};

/* Returns all tables and keys of a text that can be understood, in its order, at most 4096: an
 * array of struct toml_entry, which wipes the values when it is freed. */
GPtrArray *toml_read(const char *text);
