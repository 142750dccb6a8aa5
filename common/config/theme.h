/* Colour themes: a colour for each role, and the background that they are made for. A theme is
 * named: a set of ours or of the user's own (data/theme.schema.json), what the desktop has at the
 * moment (pywal, Omarchy), or a file. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"
#include "common/usage/severity.h"

#include <glib.h>
#include <stdbool.h>

/* The palette that is built in, for which no file is read. */
#define THEME_DEFAULT "default"

struct theme {
    char *name;  /* by which it was asked for */
    char *title; /* "Tokyo Night"; see theme_title() */
    char *file;  /* from which it was read; NULL: it is built in */
    bool is_dark;
    char *background, *text;  /* "#RRGGBB" */
    char *colors[ROLE_COUNT]; /* "#RRGGBB"; NULL for ROLE_NORMAL, which is the bar's own */
};

/* Reads the theme: THEME_DEFAULT; "pywal" or "omarchy"; an absolute path or one that begins with
 * "~/"; else NAME.json in the user's folder of themes, then in ours. NULL and a USAGE_ERROR_CONFIG
 * if there is none of that name, which then tells the most similar one, or if its file is wrong. */
struct theme *theme_load(const struct paths *paths, const char *name, GError **error);
void theme_free(struct theme *theme);
DEFINE_AUTOPTR(theme, theme_free);

/* The title for people: that of the built-in palette is in their language. */
const char *theme_title(const struct theme *theme);

/* Whether the name is of what the desktop has at the moment. */
bool theme_is_dynamic(const char *name);

/* The names of all sets that are there, ours and the user's own, sorted. They belong to the array.
 * A file that is named like a theme that is no set is left out. */
GPtrArray *theme_names(const struct paths *paths);

/* Adds the absolute paths of the files whose change may change the theme of this name, whether they
 * are there or not, to an array of strings that frees them. */
void theme_add_files(const struct paths *paths, const char *name, GPtrArray *files);
