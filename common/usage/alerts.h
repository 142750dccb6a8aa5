/* What the user may want to be notified of in a new snapshot: a threshold crossed upward, a window
 * used up, its reset after that, a credential that expires soon. Each alert is given once, however
 * many bars run, because the store remembers what has been reported. */
#pragma once

#include "common/base/paths.h"
#include "common/usage/severity.h"
#include "common/usage/snapshot.h"

/* Seconds before its end from which on a credential expires soon. */
#define ALERTS_CREDENTIAL_WAIT (24 * 60 * 60)

/* Adds what is new in the snapshot to an array of strings, notifications as JSON, and remembers it;
 * a window that has not been seen before has nothing new. The caller holds the provider's lock
 * (store_lock). `now` is in seconds since 1970. Returns false and an error if nothing can be
 * remembered: then nothing is added. */
bool alerts_find(const struct paths *paths, const struct snapshot *snapshot,
                 struct thresholds thresholds, gint64 now, GPtrArray *alerts, GError **error);

/* Forgets what has been reported, so that all windows count as not seen before. */
void alerts_forget(const struct paths *paths, const char *provider);

/* Shows them as notifications; does nothing where nobody can show any. */
void alerts_send(const struct paths *paths, const GPtrArray *alerts);
