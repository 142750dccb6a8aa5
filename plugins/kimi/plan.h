/* The name of the plan. */
#pragma once

#include "common/json.h"
#include "common/snapshot.h"

/* As `user.membership.level` names it or, if the answer names none, as the limit of the weekly
 * window tells (plans of January 2026). NULL if neither does; else the caller frees it. */
char *plan_name(const struct json *answer, double weekly_limit);
