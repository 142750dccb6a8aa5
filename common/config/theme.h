/* Colour themes: a colour for each role, and the background for which they are made. A name is that
 * of a set, ours or the user's own (data/theme.schema.json), of a dynamic theme, which is what the
 * desktop has at the moment (pywal, Omarchy), or of a file.
 *
 *     autoptr(theme) theme = theme_load(paths, "tokyo-night", &error);
 */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"
#include "common/usage/severity.h"

#include <glib.h>
#include <stdbool.h>

/* The palette that is built in, for which no file is read. */
#define THEME_DEFAULT "default"

struct theme {
    char *name;  /* as it was asked for */
    char *title; /* "Tokyo Night"; see theme_title() */
    char *file;  /* from which it was read; NULL: it is built in */
    bool is_dark;
    char *background, *text;  /* "#RRGGBB" */
    char *colors[ROLE_COUNT]; /* "#RRGGBB"; NULL for ROLE_NORMAL, which is the bar's own */
};

/* Loads THEME_DEFAULT; "pywal" or "omarchy"; a file, by an absolute path or one that begins with
 * "~/"; else NAME.json from the user's folder of themes or ours. NULL and a USAGE_ERROR_CONFIG if
 * there is no such theme, which then suggests the most similar name, or if its file is wrong. */
struct theme *theme_load(const struct paths *paths, const char *name, GError **error);
void theme_free(struct theme *theme);
DEFINE_AUTOPTR(theme, theme_free);

/* The title for people: that of the built-in palette is in their language. */
const char *theme_title(const struct theme *theme);

/* Whether this is the name of what the desktop has at the moment. */
bool theme_is_dynamic(const char *name);

/* The names of all sets, ours and the user's own, sorted; the array frees them. It leaves out files
 * that are called like another theme and so can't be loaded by their name. */
GPtrArray *theme_names(const struct paths *paths);

/* Adds the absolute paths of all files that this theme depends on, also of those that are missing,
 * to an array of strings that frees them. */
void theme_add_files(const struct paths *paths, const char *name, GPtrArray *files);
