/* How bad a percentage is, and the roles by which text is coloured. A role is what text means, and
 * a palette is how that looks, so the code that draws names no colours. */
#pragma once

#include <stdbool.h>

enum severity {
    SEVERITY_UNKNOWN,
    SEVERITY_OK,
    SEVERITY_WARNING,
    SEVERITY_CRITICAL,
    SEVERITY_EXHAUSTED,
};

/* Used percent from which on a severity applies; exhausted is always 100. */
struct thresholds {
    double warning;
    double critical;
};

#define THRESHOLDS_DEFAULT ((struct thresholds){.warning = 70, .critical = 90})

enum role {
    ROLE_NORMAL, /* the bar's own colour */
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

/* A colour "#RRGGBB" for each role; NULL: none. Not owned. */
struct palette {
    const char *colors[ROLE_COUNT];
    const char *font; /* the family for columns; NULL: whatever is monospaced */
};

extern const struct palette palette_default;

/* The terminal's own 16 colours, which its user can read whatever the background is: parameters of
 * the escape sequence (SGR), which only markup_ansi takes. */
extern const struct palette palette_terminal;

/* Percentages as they are shown and judged, in whole points: 69.5 is 70; but 99.6 is 99, because
 * 100 means that nothing is left. NAN stays NAN, and as text, which the caller frees, becomes "–".
 */
double percent_round(double percent);
char *percent_format(double percent);

/* NAN gives SEVERITY_UNKNOWN. */
enum severity severity_from_percent(double used_percent, struct thresholds thresholds);

const char *severity_name(enum severity severity); /* "warning", …: also the CSS class */
bool severity_from_name(const char *name,
                        enum severity *severity); /* false: not one; NULL is not */
enum role severity_role(enum severity severity);

const char *role_name(enum role role); /* "warning", "dim", …: the key in the configuration */

/* Whether text is a colour "#RRGGBB". */
bool color_is_valid(const char *text);
