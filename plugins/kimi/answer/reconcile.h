/* Makes one window of all readings of it. Kimi's ratios may be 0 while the counts beside them are
 * not (seen on live accounts, once with the quota exhausted), so no reading is always trusted more
 * than another. */
#pragma once

#include "common/usage/snapshot.h"

#include <glib.h>

/* Leaves one reading of each window, and one of the share of it that was Kimi Code. */
void reconcile_join(GPtrArray *readings);

/* Adds the windows of joined readings to the snapshot: the weekly, the 5-hour and the monthly one
 * first, then the others. The month gets its share if both numbers are known. */
void reconcile_add_windows(const GPtrArray *joined, struct snapshot *snapshot);
