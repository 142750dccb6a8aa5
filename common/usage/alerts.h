/* What a snapshot has in it that its owner may want to be told at once: a threshold that was
 * crossed upward, a window that is used up, its reset after that, a credential that will expire.
 * Each is told once, however many bars run: what was told is remembered in the store. */
#pragma once

#include "common/usage/notification.h"
#include "common/usage/severity.h"
#include "common/usage/snapshot.h"

/* Seconds before its end at which a credential is about to expire. */
#define ALERTS_CREDENTIAL_WAIT (24 * 60 * 60)

struct alert {
    char *id; /* of the notification: that of the same window replaces it */
    char *summary;
    char *body;
    enum urgency urgency;
};

/* An array of struct alert, which owns them; g_ptr_array_unref. */
GPtrArray *alerts_new(void);

/* Adds what is new in the snapshot since the one before, and remembers it. Of a window that has not
 * been seen before nothing is news. The caller holds the provider's lock. False and an error if
 * nothing can be remembered: then nothing is added either. */
bool alerts_find(const struct paths *paths, const struct snapshot *snapshot,
                 struct thresholds thresholds, gint64 now, GPtrArray *alerts, GError **error);

/* Forgets what was told. */
void alerts_forget(const struct paths *paths, const char *provider);

/* Shows them as notifications; where nobody can show any, nothing happens. */
void alerts_send(const struct paths *paths, const GPtrArray *alerts);
