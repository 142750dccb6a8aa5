/* How bad a percentage is, and the roles by which text is coloured. A role says what text means; a
 * palette says how that looks; so no colour stands in the code that draws. */
#pragma once

#include <stdbool.h>

enum severity {
    SEVERITY_UNKNOWN,
    SEVERITY_OK,
    SEVERITY_WARNING,
    SEVERITY_CRITICAL,
    SEVERITY_EXHAUSTED,
};

/* Used percent from which on a severity holds; exhausted is always 100. */
struct thresholds {
    double warning;
    double critical;
};

#define THRESHOLDS_DEFAULT ((struct thresholds){.warning = 70, .critical = 90})

enum role {
    ROLE_NORMAL, /* as the bar draws its text: no colour of its own */
    ROLE_OK,
    ROLE_WARNING,
    ROLE_CRITICAL,
    ROLE_EXHAUSTED,
    ROLE_STALE,
    ROLE_ERROR,
    ROLE_DIM,
    ROLE_ACCENT,
    ROLE_COUNT
};

/* One colour "#RRGGBB" a role; NULL: none. The strings belong to whoever made the palette. */
struct palette {
    const char *colors[ROLE_COUNT];
};

extern const struct palette palette_default;

/* NAN gives SEVERITY_UNKNOWN. */
enum severity severity_from_percent(double used_percent, struct thresholds thresholds);

const char *severity_name(enum severity severity); /* "warning", … : also the CSS class */
bool severity_from_name(const char *name, enum severity *severity); /* NULL is none */
enum role severity_role(enum severity severity);

const char *role_name(enum role role); /* "warning", "dim", … : the key in the configuration */

/* Whether text is a colour "#RRGGBB". */
bool color_is_valid(const char *text);
