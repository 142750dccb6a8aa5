/* The user's configuration: JSON with comments, read and never written. What is wrong in it is kept
 * as a list of problems, with file and line, beside settings that fall back to their defaults.
 *
 * Secrets in it (providers[].apiKey, .cookieHeader) are not kept: see credentials.h. */
#pragma once

#include "common/base/paths.h"
#include "common/config/theme.h"
#include "common/draw/line.h"
#include "common/usage/severity.h"

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

/* What stands in front of a line for which no icon was set. */
enum icons {
    ICONS_UNSET, /* as in general, which is words */
    ICONS_WORDS, /* the provider's name */
    ICONS_EMOJI,
    ICONS_NERD, /* of a Nerd Font: https://www.nerdfonts.com */
    ICONS_COUNT
};

/* A switch that may be left alone. */
enum toggle {
    TOGGLE_UNSET,
    TOGGLE_OFF,
    TOGGLE_ON,
};

struct theme_setting {
    char *name;          /* NULL: not set */
    unsigned line;       /* in the file */
    struct theme *theme; /* by config_load_themes; NULL: not set, or it could not be read */
};

/* What one bar says otherwise than the general settings, under "bars" in the file. */
struct bar_settings {
    char *name;
    struct line_formats formats; /* NULL: the general one */
    char *icon;                  /* NULL: the general one */
    enum toggle remaining;       /* unset: as in general */
    gboolean urgent;             /* mark the block as urgent when exhausted, where the bar can */
    gboolean inline_colors;      /* colour the text itself, where a style sheet could do it */
    enum icons icons;            /* unset: as in general */
    struct theme_setting theme;  /* unset: the general one */
};

struct provider_settings {
    char *id;
    gboolean enabled;
    bool enabled_is_explicit; /* the configuration file itself says so */
    GHashTable *strings;      /* all its settings that are strings and no secrets, by name; of an
                               * array of strings: "firefox,chromium" */
    GPtrArray *secrets;       /* the names of the secrets that the file holds */
};

struct config_problem {
    bool is_error; /* else a warning: the file works, but not as its author may think */
    char *text;    /* "FILE:LINE: what, and what to do" */
};

struct config {
    gint64 refresh_interval; /* seconds: the age over which a snapshot is too old */
    gint64 max_wait;         /* seconds that drawing may wait for a refresh */
    struct thresholds thresholds;
    struct theme_setting theme;
    char *colors[ROLE_COUNT]; /* those in effect, of the general theme and the user's own */
    bool color_is_own[ROLE_COUNT];
    enum icons icons;
    char *icon; /* NULL: that of `icons` */
    struct line_formats formats;
    gboolean remaining;     /* say what is left instead of what is used */
    gboolean notifications; /* tell of thresholds that are crossed, and the like */
    char *ca_file;          /* one more CA, PEM; NULL: none */
    GPtrArray *bars;        /* of struct bar_settings */
    GPtrArray *providers;   /* of struct provider_settings, in the user's order */
    GPtrArray *problems;    /* of struct config_problem */
    bool is_unreadable;     /* the file is there, and nothing in it could be understood */
};

/* Reads the configuration and what `config enable` stored; never NULL. `fallback_provider` is
 * enabled if the user's files name no provider at all. */
struct config *config_load(const struct paths *paths, const char *fallback_provider);
void config_free(struct config *config);
DEFINE_AUTOPTR(config, config_free);

/* Stores which providers `usageline config enable` and `disable` have switched, in a file of our
 * own. False and an error if that can't be written. */
bool config_store_enabled(const struct paths *paths, const char *provider, bool enabled,
                          GError **error);

/* The first problem that is an error, as USAGE_ERROR_CONFIG; NULL if there is none. */
GError *config_error(const struct config *config);

/* What the configuration says of this provider or bar; NULL if nothing. */
const struct provider_settings *config_provider(const struct config *config, const char *id);
const struct bar_settings *config_bar(const struct config *config, const char *name);

/* A provider's setting such as "region"; NULL if it is not set. */
const char *config_provider_string(const struct config *config, const char *id, const char *name);

/* Reads the themes that the configuration names, which config_load does not: providers need none.
 * One that is not there or is wrong is a problem; that the desktop has no colours at the moment is
 * one that does not keep anybody from drawing. */
void config_load_themes(struct config *config, const struct paths *paths);

/* The theme that the configuration names for a bar (NULL: in general), else THEME_DEFAULT. */
const char *config_theme_name(const struct config *config, const char *bar);

/* The files whose change may change one of these themes, as absolute paths in an array that frees
 * them, for a process that goes on. */
GPtrArray *config_theme_files(const struct config *config, const struct paths *paths);

/* The colours in general, of one bar, and those that a theme gives. In each of them a colour counts
 * more which the user has set. The strings belong to the configuration and the theme. */
struct palette config_palette(const struct config *config);
struct palette config_bar_palette(const struct config *config, const char *bar);
struct palette config_theme_palette(const struct config *config, const struct theme *theme);

/* The icon of a bar when the command line names none; NULL: the provider's name in a word. */
const char *config_icon(const struct config *config, const char *bar);

/* The effective settings as pretty JSON, without any secret; the caller frees it. */
char *config_dump(const struct config *config);
