/* The user's configuration: JSON with comments, which is read and never written. Mistakes in it
 * become a list of problems, with file and line, and the settings concerned keep their defaults.
 * Secrets in it (providers[].apiKey, .cookieHeader) are not kept: see credentials.h.
 *
 *     autoptr(config) config = config_load(paths, "kimi");
 *     const char *region = config_provider_string(config, "kimi", "region");
 */
#pragma once

#include "common/base/paths.h"
#include "common/config/theme.h"
#include "common/draw/line.h"
#include "common/usage/severity.h"

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

/* The sets of icons, for lines whose own icon is not set. */
enum icons {
    ICONS_UNSET, /* as in general, which is words */
    ICONS_WORDS, /* the provider's name */
    ICONS_EMOJI,
    ICONS_NERD, /* of a Nerd Font: https://www.nerdfonts.com */
    ICONS_COUNT
};

/* A switch that may be left unset. */
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

/* The settings of one bar, under "bars" in the file, which override the general ones. */
struct bar_settings {
    char *name;
    struct line_formats formats; /* NULL: the general ones */
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
    char *digest;             /* of all its settings, also the secrets; NULL: there are none */
};

struct config_problem {
    bool is_error; /* else a warning: the file works, but perhaps not as intended */
    char *text;    /* "FILE:LINE: what, and what to do" */
};

struct config {
    gint64 refresh_interval; /* seconds: the age over which a snapshot is too old */
    gint64 max_wait;         /* seconds that drawing may wait for a refresh */
    struct thresholds thresholds;
    struct theme_setting theme;
    char *colors[ROLE_COUNT]; /* "#RRGGBB"; NULL: that of the theme */
    enum icons icons;
    char *icon; /* NULL: that of `icons` */
    struct line_formats formats;
    char *gauge_full;   /* one character; NULL: as gauge_style has it */
    char *gauge_rest;   /* the same */
    gint64 gauge_width; /* cells */
    char *tooltip_font; /* family, without what Pango's markup would have to escape; NULL: any */
    gboolean remaining; /* show what is left instead of what is used */
    gboolean notifications; /* show alerts as desktop notifications */
    char *ca_file;          /* PEM file with an additional CA; NULL: none */
    GPtrArray *bars;        /* of struct bar_settings */
    GPtrArray *providers;   /* of struct provider_settings, in the user's order */
    GPtrArray *problems;    /* of struct config_problem */
    bool is_unreadable;     /* there is a file, but it can't be read or is no JSON */
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

/* Adds a problem in this line of the file; 0: in the whole file, which the text names if `file` is
 * NULL. */
G_GNUC_PRINTF(5, 6)
void config_add_problem(struct config *config, bool is_error, const char *file, unsigned line,
                        const char *format, ...);

/* The first problem that is an error, as USAGE_ERROR_CONFIG; NULL if there is none. */
GError *config_error(const struct config *config);

/* The settings of this provider or bar; NULL if there are none. */
struct provider_settings *config_provider(const struct config *config, const char *id);
const struct bar_settings *config_bar(const struct config *config, const char *name);

/* A provider's setting such as "region"; NULL if it is not set. */
const char *config_provider_string(const struct config *config, const char *id, const char *name);

/* A digest of all that the file sets for a provider, also its secrets: it changes with each of
 * them. Not to be stored as it is (see fingerprint.h). NULL: nothing is set. */
const char *config_provider_digest(const struct config *config, const char *id);

/* Loads the themes that the configuration names; providers do without. A theme that is missing or
 * wrong is a problem, and an error unless it is a dynamic one. */
void config_load_themes(struct config *config, const struct paths *paths);

/* The theme that the configuration names for a bar (NULL: in general), else THEME_DEFAULT. */
const char *config_theme_name(const struct config *config, const char *bar);

/* The absolute paths of all files that these themes depend on, for a process that watches them; the
 * array frees them. */
GPtrArray *config_theme_files(const struct config *config, const struct paths *paths);

/* The colours in general, of one bar, and of a theme (NULL: the built-in one). Colours that the
 * user has set override those of the theme. The strings belong to the configuration and the theme.
 */
struct palette config_palette(const struct config *config);
struct palette config_bar_palette(const struct config *config, const char *bar);
struct palette config_theme_palette(const struct config *config, const struct theme *theme);

/* The same in general, for markup_ansi: without a theme, the terminal's own colours. */
struct palette config_terminal_palette(const struct config *config);

/* How gauges look. The strings belong to the configuration. */
struct gauge_style config_gauge(const struct config *config);

/* The icon of a bar when the command line names none; NULL: the provider's name in a word. */
const char *config_icon(const struct config *config, const char *bar);

/* The effective settings as pretty JSON, without any secret; the caller frees it. */
char *config_dump(const struct config *config);
