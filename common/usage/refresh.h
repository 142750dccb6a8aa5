/* When a provider is asked and when it is left alone: at most one process asks it at a time, and
 * never more often than is polite, however many bars there are. A command that draws once calls
 * refresh_and_load (refresh_process.h), which does all of this; one that goes on drawing asks
 * refresh_due_at, and begins the process itself.
 *
 * How long to wait after a failure, or after "429 Too Many Requests", is decided in
 * refresh_set_waits and obeyed in refresh_due_at, both in refresh.c. */
#pragma once

#include "common/base/paths.h"
#include "common/usage/severity.h"
#include "common/usage/store.h"

/* Seconds between two automatic attempts, whatever else holds. */
#define REFRESH_SPACING 10
/* Seconds: the first and the longest wait after failures in a row; each is twice the one before. */
#define REFRESH_BACKOFF_MIN 30
#define REFRESH_BACKOFF_MAX (30 * 60)
/* Attempts out of turn, that is before they are due by themselves, because somebody asks for one or
 * has changed a setting: so many at once, and after that one in so many seconds. */
#define REFRESH_EARLY_COUNT 4
#define REFRESH_EARLY_WAIT  120
/* Seconds until an error that the user must fix is tried again although nothing has changed. */
#define REFRESH_USER_WAIT (15 * 60)

struct refresh {
    const struct paths *paths;
    const char *provider;
    const char *settings; /* digest of the provider's settings (config.h); NULL: it has none */
    gint64 interval;      /* seconds: the age over which a snapshot is too old */
    gint64 now;           /* seconds since 1970 */
    const struct thresholds *alert_thresholds; /* for alerts.h; NULL: the user wants no alerts */
    bool forced;  /* somebody asks for it: of all waits only that of the service still holds, and
                   * REFRESH_EARLY_WAIT */
    bool hurried; /* the network has just come back: a wait for that is over */
    bool verbose; /* let the provider write to stderr */
};

/* Loads what is stored of the provider, and marks the numbers if they were fetched with other
 * settings than now. `stored` is all zero. */
void refresh_load(const struct refresh *refresh, struct stored *stored);

/* Whether an attempt is due now, or one is under way whose result is needed. */
bool refresh_is_due(const struct refresh *refresh, const struct stored *stored);

/* The time (seconds since 1970, not before `now`) from which on an attempt should and may be made,
 * if nothing changes until then. */
gint64 refresh_due_at(const struct refresh *refresh, const struct stored *stored);

/* Why an attempt that somebody asks for (refresh->forced) is not made now, and when it may be;
 * NULL: it is made. The caller frees it. */
GError *refresh_refusal(const struct refresh *refresh, const struct stored *stored);

/* Seconds until the next automatic attempt after this many failures in a row; `jitter` within 0 to
 * 1 spreads the bars of many users. */
gint64 refresh_backoff(guint failures, double jitter);

enum refresh_outcome {
    REFRESH_FAILED,  /* nothing can be kept, so nothing was asked; there is an error */
    REFRESH_SKIPPED, /* an attempt was not due any more */
    REFRESH_REFUSED, /* somebody asks for one that is not allowed yet: see refresh_refusal */
    REFRESH_MADE,    /* the provider was asked; what came of it is in `stored` */
};

/* Waits for the lock, asks the provider if that is still due, and stores what came. `stored`, which
 * is all zero, becomes what is in the store then. The caller sends the alerts that are added to
 * `alerts` (alerts_send), which may take long. */
enum refresh_outcome refresh_now(const struct refresh *refresh, struct stored *stored,
                                 GPtrArray *alerts, GError **error);

/* Asks the provider with this credential source alone ("api", …) and stores nothing of the answer
 * except how long the service wants to be left alone. It is an attempt out of turn. `answer` ends
 * up with a snapshot or an error; the latter without a request if none may be made now. */
void refresh_ask_source(const struct refresh *refresh, const char *source, struct answer *answer);

/* Why nothing is asked while the clock of the machine says `now`, which can't be: no certificate
 * would be valid then, and the age of an answer would mean nothing. */
GError *refresh_clock_error(gint64 now);
