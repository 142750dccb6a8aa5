/* The half of toml.h that goes through the text; toml.c keeps what this finds. */
#pragma once

#include "plugins/support/toml.h"

/* Before each name of a path; no name may hold it. */
#define TOML_SEPARATOR '\x1f'

/* Goes through a text that ends in a NUL, and adds all tables and keys that can be understood. */
void toml_read(struct toml *toml, const char *text);

/* Adds a table or a key. `path` is "\x1f" "providers" "\x1f" "kimi"; `value` is taken over, and
 * NULL for a table or a value that is no string. */
void toml_add(struct toml *toml, const char *path, char *value);
