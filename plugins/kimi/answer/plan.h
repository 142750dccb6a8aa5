/* The plan of an account: its name in words, from whichever answer tells it best. The names of the
 * two catalogues are those of Kimi's own client. */
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

/* Each fills an empty `plan` and gives whether the answer tells a name or a version. The plan owns
 * its texts, which are short and printable. Nothing else of the answers is looked at: /me has
 * personal members. */
bool plan_read_me(const struct json *answer, struct plan *plan);           /* GET …/me */
bool plan_read_subscription(const struct json *answer, struct plan *plan); /* GetSubscription */

/* The same from an answer to /usages or GetUsages beside what is known in words, which is trusted
 * more (`known`, or NULL). */
bool plan_read_usages(const struct json *usages, const struct plan *known, struct plan *plan);

/* Whether the answer to /usages names a level, even one that means "no plan". */
bool plan_has_level(const struct json *usages);

/* The level and version that an answer to /usages names, such as "LEVEL_BASIC/GOODS_VERSION_V2", to
 * recognize a change of plan; NULL if it names neither. The caller frees it. */
char *plan_level(const struct json *usages);

/* The plan that had these limits in January 2026, when answers named no level; NULL if none. */
const char *plan_guess(double weekly_limit, double session_limit);

/* Whether the answer, or what is known in words (or NULL), names the catalogue of September 2026,
 * whose plans have no weekly window. */
bool plan_is_monthly(const struct json *usages, const struct plan *known);
