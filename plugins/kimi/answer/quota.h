/* What the answer to /usages of the Code API, or to the web's GetUsages, says of the coding quota:
 * counts ("usage", "limits"), ratio pools ("usages" as an object), and the web's counts ("usages"
 * as an array, of which the scope FEATURE_CODING counts), in any mix. The shapes are those of
 * answers that users published between January and November 2026; Kimi documents none. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* Adds all readings that the answer, which has no envelope, holds. What can't be read adds nothing.
 * `now` is in seconds since 1970. */
void quota_add_readings(GPtrArray *readings, const struct json *answer, gint64 now);

/* Whether the answer says, in a way that is understood, that the account has no coding quota: what
 * should hold one is missing, empty, or has a limit of 0. */
bool quota_is_absent(const struct json *answer);

/* Whether this is the web's: it counts by scope. */
bool quota_is_of_web(const struct json *answer);
