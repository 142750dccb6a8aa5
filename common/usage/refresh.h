/* When a snapshot is fetched anew, and how: at most one process at a time per provider, never more
 * often than is polite, however many bars ask. */
#pragma once

#include "common/base/paths.h"
#include "common/usage/severity.h"
#include "common/usage/store.h"

/* Seconds between two automatic attempts, whatever else holds. */
#define REFRESH_SPACING 10
/* Seconds: the first and the longest wait after failures, each twice the one before. */
#define REFRESH_BACKOFF_MIN 30
#define REFRESH_BACKOFF_MAX (30 * 60)
/* Seconds until an error that the user must mend is tried again although nothing has changed. */
#define REFRESH_USER_WAIT (15 * 60)

struct refresh {
    const struct paths *paths;
    const char *provider;
    gint64 interval;   /* seconds: the age over which a snapshot is too old */
    gint64 now;        /* seconds since 1970 */
    bool notifies;     /* tell the user what is news in the answer (alerts.h) … */
    GPtrArray *alerts; /* … later: it is put here, for the caller to send; NULL: at once … */
    struct thresholds thresholds; /* … by these */
    bool forced;  /* somebody asks for it: only the service's own wish is above that */
    bool hurried; /* the network has just come back: do not wait any longer for that */
    bool verbose; /* let the provider write to stderr */
};

/* Whether an attempt should and may be made now, or one is under way whose result is needed. */
bool refresh_is_due(const struct refresh *refresh, const struct stored *stored);

/* The moment (seconds since 1970) from which on an attempt will be due, if nothing changes till
 * then: for a process that can wait for it. Not before `now`. */
gint64 refresh_due_at(const struct refresh *refresh, const struct stored *stored);

/* Seconds until the next automatic attempt after this many failures in a row; `jitter` within 0 to
 * 1 spreads the bars of many users. */
gint64 refresh_backoff(guint failures, double jitter);

/* Waits for the lock, and if a fetch is still due makes it and stores what came. `answer` is what
 * came, or stays empty if there was nothing to do. False and an error only if nothing could be
 * kept anywhere, and so nothing was asked. */
bool refresh_now(const struct refresh *refresh, struct answer *answer, GError **error);

/* Why nothing is asked at that time: no certificate would hold, and nothing could be said of the
 * age of an answer. */
GError *refresh_clock_error(gint64 now);

/* Notes that the service wants to be left alone until then (seconds since 1970), which it said to
 * somebody who asked besides the store. */
void refresh_note_wait(const struct paths *paths, const char *provider, gint64 until);
