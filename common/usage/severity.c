#include "common/usage/severity.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* Legible on dark and on light bars. */
const struct palette palette_default = {
    .colors =
        {
            [ROLE_OK] = "#9ece6a",
            [ROLE_WARNING] = "#e0af68",
            [ROLE_CRITICAL] = "#ff9e64",
            [ROLE_EXHAUSTED] = "#f7768e",
            [ROLE_STALE] = "#9aa5ce",
            [ROLE_ERROR] = "#f7768e",
            [ROLE_DIM] = "#7982a9",
            [ROLE_ACCENT] = "#7aa2f7",
        },
};

const struct palette palette_terminal = {
    .colors =
        {
            [ROLE_OK] = "32",
            [ROLE_WARNING] = "33",
            [ROLE_CRITICAL] = "91",
            [ROLE_EXHAUSTED] = "31",
            [ROLE_STALE] = "90",
            [ROLE_ERROR] = "31",
            [ROLE_DIM] = "90",
            [ROLE_ACCENT] = "36",
        },
};

enum severity severity_from_percent(double used_percent, struct thresholds thresholds)
{
    if (isnan(used_percent))
        return SEVERITY_UNKNOWN;
    if (used_percent >= 100)
        return SEVERITY_EXHAUSTED;
    if (used_percent >= thresholds.critical)
        return SEVERITY_CRITICAL;
    if (used_percent >= thresholds.warning)
        return SEVERITY_WARNING;
    return SEVERITY_OK;
}

enum role severity_role(enum severity severity)
{
    static const enum role roles[] = {
        [SEVERITY_UNKNOWN] = ROLE_DIM,         [SEVERITY_OK] = ROLE_OK,
        [SEVERITY_WARNING] = ROLE_WARNING,     [SEVERITY_CRITICAL] = ROLE_CRITICAL,
        [SEVERITY_EXHAUSTED] = ROLE_EXHAUSTED,
    };

    return roles[severity];
}

const char *severity_name(enum severity severity)
{
    return severity == SEVERITY_UNKNOWN ? "unknown" : role_name(severity_role(severity));
}

bool severity_from_name(const char *name, enum severity *severity)
{
    for (enum severity one = SEVERITY_UNKNOWN; one <= SEVERITY_EXHAUSTED; one++) {
        if (g_strcmp0(severity_name(one), name) == 0) {
            *severity = one;
            return true;
        }
    }
    return false;
}

const char *role_name(enum role role)
{
    static const char *const names[ROLE_COUNT] = {
        [ROLE_NORMAL] = "normal",       [ROLE_OK] = "ok",
        [ROLE_WARNING] = "warning",     [ROLE_CRITICAL] = "critical",
        [ROLE_EXHAUSTED] = "exhausted", [ROLE_STALE] = "stale",
        [ROLE_ERROR] = "error",         [ROLE_DIM] = "dim",
        [ROLE_ACCENT] = "accent",
    };

    return names[role];
}

bool color_is_valid(const char *text)
{
    return text[0] == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

double percent_round(double percent)
{
    double whole = round(percent);

    return whole >= 100 && percent < 100 ? 99 : whole;
}

char *percent_format(double percent)
{
    return isnan(percent) ? g_strdup("–") : g_strdup_printf("%.0f", percent_round(percent));
}
