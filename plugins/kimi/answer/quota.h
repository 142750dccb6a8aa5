/* The coding quota in an answer of /usages of the Code API or of the web's GetUsages: counts
 * ("usage", "limits"), ratio pools ("usages" is an object), and the web's counts ("usages" is an
 * array, in which the scope FEATURE_CODING counts), in any combination. Kimi documents none of
 * this; the shapes are from answers that users published between January and November 2026. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* Adds all readings in an answer without its envelope; what can't be read is left out. `now` is in
 * seconds since 1970. */
void quota_add_readings(GPtrArray *readings, const struct json *answer, gint64 now);

/* Whether the answer says plainly that the account has no coding quota: the members for it are
 * missing, empty, or have a limit of 0. */
bool quota_is_absent(const struct json *answer);

/* Whether this is an answer of the web, which counts by scope. */
bool quota_is_web(const struct json *answer);
