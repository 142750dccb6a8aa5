/* Inside of theme.c: the colours that a desktop has at the moment, as terminals have them, made to
 * colours of roles. */
#pragma once

#include "common/config/theme.h"

/* Fills in all but the theme's name. False and a USAGE_ERROR_CONFIG if there are none. */
bool theme_load_dynamic(const struct paths *paths, struct theme *theme, GError **error);

void theme_add_dynamic_files(const struct paths *paths, const char *name, GPtrArray *files);

/* The text of a file of at most 64 KiB; NULL and a USAGE_ERROR_CONFIG if it can't be read, NULL
 * alone if it is not there. The caller frees it. */
char *theme_read_file(const char *path, gsize *length, GError **error);
