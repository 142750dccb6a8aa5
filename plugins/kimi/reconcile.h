/* One window, however many readings of it an answer holds. Kimi's ratios may be 0 while the counts
 * beside them are not (seen on live accounts, once with the quota exhausted), so a reading is never
 * simply trusted more than another. */
#pragma once

#include "common/snapshot.h"
#include "plugins/kimi/reading.h"

#include <glib.h>

/* Adds each window that the readings tell of to the snapshot, once, the well-known ones first. */
void reconcile(const GPtrArray *readings, struct snapshot *snapshot);
