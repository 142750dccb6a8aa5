/* What the membership statistics (GetSubscriptionStats of the web, which Kimi's own site shows) say
 * of the windows: second readings of the 5-hour and the weekly one, and the month. */
#pragma once

#include "common/base/json.h"

#include <glib.h>

/* Adds all readings that the answer, which has no envelope, holds. What can't be read adds nothing.
 * `now` is in seconds since 1970. */
void stats_add_readings(GPtrArray *readings, const struct json *stats, gint64 now);
