/* Finds the windows in Kimi's answers. The usage, from /usages of the Code API or the web's
 * GetUsages, has any combination of counts ("usage", "limits"), ratio pools ("usages" is an object)
 * and the web's counts ("usages" is an array, in which the scope FEATURE_CODING counts). The
 * statistics, from the web's GetSubscriptionStats, have second readings of the 5-hour and the
 * weekly window, and the month. Kimi documents none of this; the shapes are from answers that users
 * published between January and November 2026. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* Each adds all readings in an answer without its envelope; what can't be read is left out. `now`
 * is in seconds since 1970. */
void quota_add_usage(GPtrArray *readings, const struct json *usage, gint64 now);
void quota_add_statistics(GPtrArray *readings, const struct json *statistics, gint64 now);

/* Whether the usage says plainly that the account has no coding quota: the members for it are
 * missing, empty, or have a limit of 0. */
bool quota_is_absent(const struct json *usage);

/* Whether the usage is from the web, which counts by scope. */
bool quota_is_web(const struct json *usage);
