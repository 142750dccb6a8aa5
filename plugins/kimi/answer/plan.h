/* The plan of an account, from whichever answer names it best. The names in the two catalogues are
 * those of Kimi's own client. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/json.h"

#include <stdbool.h>

struct plan {
    char *name;    /* in words: "Pro"; NULL: unknown */
    char *version; /* of the catalogue: "1", "2"; NULL: unknown */
};

void plan_clear(struct plan *plan);
DEFINE_AUTO_CLEAR(plan, plan_clear);

/* Each fills an empty `plan` and returns whether the answer has a name or a version. The plan owns
 * its texts, which are short and printable. No other member is read: those of /me are personal. */
bool plan_read_me(const struct json *answer, struct plan *plan);           /* GET …/me */
bool plan_read_subscription(const struct json *answer, struct plan *plan); /* GetSubscription */

/* The plan by an answer of /usages or GetUsages and, trusted more, by the plan that another answer
 * named (`known`, or NULL). `guess`, or NULL, is its name if there is neither a level nor a
 * version. The caller clears it. */
struct plan plan_read_usage(const struct json *usage, const struct plan *known, const char *guess);

/* The level and version in the usage, such as "LEVEL_BASIC/GOODS_VERSION_V2", to recognize a change
 * of plan; NULL: it has neither. The caller frees it. */
char *plan_level(const struct json *usage);

/* The plan that had these limits in January 2026, when answers named no level; NULL: none. */
const char *plan_guess(double weekly_limit, double session_limit);

/* Whether the usage, or the plan that another answer named (or NULL), is of the catalogue of
 * September 2026, whose plans have no weekly window. */
bool plan_is_monthly(const struct json *usage, const struct plan *known);
