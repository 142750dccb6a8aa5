/* One window, however many readings of it the answers hold. Kimi's ratios may be 0 while the counts
 * beside them are not (seen on live accounts, once with the quota exhausted), so a reading is never
 * simply trusted more than another. */
#pragma once

#include "common/usage/snapshot.h"

#include <glib.h>

/* Adds each window that the readings (readings_new) tell of to the snapshot, once, the well-known
 * ones first, and then the shares of those whose use is known. */
void reconcile(const GPtrArray *readings, struct snapshot *snapshot);
