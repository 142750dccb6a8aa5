/* Inside of theme.c: dynamic themes, which are the terminal colours that the desktop has at the
 * moment, mapped to roles. The name of each of these must be that of a dynamic theme. */
#pragma once

#include "common/config/theme.h"

/* Fills in all but the theme's name. False and a USAGE_ERROR_CONFIG if there are no colours. */
bool theme_load_dynamic(const struct paths *paths, struct theme *theme, GError **error);

void theme_add_dynamic_files(const struct paths *paths, const char *name, GPtrArray *files);

/* The text of a file of at most 64 KiB, which the caller frees; NULL and a USAGE_ERROR_CONFIG if it
 * can't be read, NULL without an error if there is none. */
char *theme_read_file(const char *path, gsize *length, GError **error);
