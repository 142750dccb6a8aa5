/* A reader of TOML (toml.io, 1.0) for the files of other programs: tables, dotted and quoted keys,
 * inline tables, and strings of all four kinds. Other values are skipped, and so are arrays with
 * all that is in them. It never fails: a statement that can't be understood is left out, and so is
 * what comes after 256 KiB or 4096 tables and keys.
 *
 *     autoptr(toml) toml = toml_parse(text, length);
 *     const char *base = toml_string(toml, "providers", "managed:kimi-code", "base_url", NULL); */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

struct toml;

/* Reads a text of `length` bytes, which need not end in a NUL or be UTF-8. Never NULL. */
struct toml *toml_parse(const char *text, gsize length);

/* Wipes the values: a credential may be among them. */
void toml_free(struct toml *toml);
DEFINE_AUTOPTR(toml, toml_free);

/* The string at a path, the first of several, in UTF-8; it belongs to `toml`. NULL if there is
 * none, or another value comes first. */
const char *toml_string(const struct toml *toml, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* Whether there is a table or a value at this path; an array of tables does not count. */
bool toml_has(const struct toml *toml, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* The names right below the path, in the order of the text; freed by g_strfreev. */
char **toml_names(const struct toml *toml, const char *first, ...) G_GNUC_NULL_TERMINATED;
