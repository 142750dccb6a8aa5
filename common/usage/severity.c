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

static const struct {
    const char *name;
    enum role role;
} severities[] = {
    [SEVERITY_UNKNOWN] = {"unknown", ROLE_DIM},
    [SEVERITY_OK] = {"ok", ROLE_OK},
    [SEVERITY_WARNING] = {"warning", ROLE_WARNING},
    [SEVERITY_CRITICAL] = {"critical", ROLE_CRITICAL},
    [SEVERITY_EXHAUSTED] = {"exhausted", ROLE_EXHAUSTED},
};

const char *severity_name(enum severity severity)
{
    return severities[severity].name;
}

bool severity_from_name(const char *name, enum severity *severity)
{
    for (gsize i = 0; name && i < G_N_ELEMENTS(severities); i++) {
        if (strcmp(severities[i].name, name) == 0) {
            *severity = (enum severity)i;
            return true;
        }
    }
    return false;
}

enum role severity_role(enum severity severity)
{
    return severities[severity].role;
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
