/* The windows in the membership statistics (the web's GetSubscriptionStats, which Kimi's own site
 * shows): second readings of the 5-hour and the weekly window, and the month. */
#pragma once

#include "common/base/json.h"

#include <glib.h>

/* Adds all readings in an answer without its envelope; what can't be read is left out. `now` is in
 * seconds since 1970. */
void stats_add_readings(GPtrArray *readings, const struct json *stats, gint64 now);
