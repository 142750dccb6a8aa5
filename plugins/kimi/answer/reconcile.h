/* Makes one window of all readings of it. Kimi's ratios may be 0 while the counts beside them are
 * not (seen on live accounts, once with the quota exhausted), so no reading is always trusted more
 * than another. */
#pragma once

#include "common/usage/snapshot.h"

#include <glib.h>

/* Joins the readings of each window, in place, and adds the windows to the snapshot: the weekly,
 * the 5-hour and the monthly one first, then the others. The month gets the share that was Kimi
 * Code if both numbers are known. */
void reconcile_readings(GPtrArray *readings, struct snapshot *snapshot);
