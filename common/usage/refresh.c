#include "common/usage/refresh.h"

#include "common/base/i18n.h"
#include "common/base/timestamp.h"
#include "common/usage/alerts.h"
#include "common/usage/fingerprint.h"
#include "common/usage/provider.h"

#include <math.h>
#include <unistd.h>

/* Fingerprints that are kept: bars may run in so many different environments. */
#define MAX_TRIED 8

/* Whether waiting can't mend the error, but the user can. */
static bool is_for_the_user(const GError *error)
{
    return error && (usage_error_kind(error) == USAGE_ERROR_AUTH ||
                     usage_error_kind(error) == USAGE_ERROR_CONFIG ||
                     usage_error_kind(error) == USAGE_ERROR_PLAN);
}

/* Whether the user has changed something since the failure. */
static bool may_be_mended(const struct refresh *refresh, const struct attempt *attempt)
{
    return attempt->error && attempt->tried &&
           fingerprint_is_new(refresh->paths, refresh->provider, attempt->watch, attempt->tried);
}

/* Whether the back-off was for a network that is said to have come back. */
static bool is_hurried(const struct refresh *refresh, const struct attempt *attempt)
{
    return refresh->hurried && attempt->error &&
           usage_error_kind(attempt->error) == USAGE_ERROR_NETWORK;
}

static bool must_wait(const struct refresh *refresh, const struct attempt *attempt)
{
    if (refresh->now < attempt->service_until)
        return true;
    if (refresh->forced || refresh->now >= attempt->not_before)
        return false;
    return !is_hurried(refresh, attempt) && !may_be_mended(refresh, attempt);
}

/* Whether an attempt should and may be made now by a process that holds the lock. */
static bool may_begin(const struct refresh *refresh, const struct stored *stored)
{
    const struct attempt *attempt = &stored->attempt;
    /* An attempt from the future: the clock has jumped back, and its times say nothing. */
    bool counts = attempt->at > 0 && attempt->at <= refresh->now + CLOCK_SLACK;

    if (counts && must_wait(refresh, attempt))
        return false;
    if (refresh->forced || may_be_mended(refresh, attempt))
        return true;
    if (counts && refresh->now - attempt->at < REFRESH_SPACING)
        return false;
    return snapshot_is_too_old(stored->snapshot, refresh->interval, refresh->now);
}

bool refresh_is_due(const struct refresh *refresh, const struct stored *stored)
{
    /* Another process is at it: its result is worth waiting for, if one is needed. */
    if (stored->attempt.pending && !refresh->forced)
        return snapshot_is_too_old(stored->snapshot, refresh->interval, refresh->now);
    return may_begin(refresh, stored);
}

/* When the snapshot will be too old. */
static gint64 too_old_at(const struct snapshot *snapshot, gint64 interval, gint64 now)
{
    gint64 at;

    if (snapshot_is_too_old(snapshot, interval, now))
        return now;
    at = snapshot->fetched_at + interval + 1;
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (window->resets_at > now)
            at = MIN(at, window->resets_at);
    }
    return at;
}

gint64 refresh_due_at(const struct refresh *refresh, const struct stored *stored)
{
    const struct attempt *attempt = &stored->attempt;
    gint64 at = too_old_at(stored->snapshot, refresh->interval, refresh->now);

    if (attempt->at == 0 || attempt->at > refresh->now + CLOCK_SLACK)
        return at;
    if (may_be_mended(refresh, attempt))
        return MAX(refresh->now, attempt->service_until);
    at = MAX(at, attempt->at + REFRESH_SPACING);
    if (!is_hurried(refresh, attempt))
        at = MAX(at, attempt->not_before);
    return MAX(at, attempt->service_until);
}

gint64 refresh_backoff(guint failures, double jitter)
{
    double wait = REFRESH_BACKOFF_MIN * exp2(CLAMP(failures, 1, 20) - 1);

    return (gint64)(MIN(wait, REFRESH_BACKOFF_MAX) * (1 - 0.2 * jitter));
}

/* Adds to what has been tried without success, and forgets the oldest if that is too much. */
static void refresh_remember_tried(struct attempt *attempt, const char *fingerprint,
                                   char *const *watch)
{
    GPtrArray *tried = g_ptr_array_new();
    guint count = attempt->tried ? g_strv_length(attempt->tried) : 0;

    for (guint i = count >= MAX_TRIED ? 1 : 0; i < count; i++)
        g_ptr_array_add(tried, g_strdup(attempt->tried[i]));
    g_ptr_array_add(tried, fingerprint_with_files(fingerprint, watch));
    g_ptr_array_add(tried, NULL);
    g_strfreev(attempt->tried);
    g_strfreev(attempt->watch);
    attempt->tried = (char **)g_ptr_array_free(tried, FALSE);
    attempt->watch = g_strdupv((char **)(gintptr)watch);
}

/* Fills in what follows from the answer that came at `now`; `fingerprint` is the fingerprint of
 * what it was asked with. */
static void conclude(const struct refresh *refresh, gint64 now, const struct answer *answer,
                     const char *fingerprint, struct attempt *attempt)
{
    g_clear_error(&attempt->error);
    attempt->pending = false;
    attempt->expired_at = answer->expired_at;
    attempt->not_before = 0;
    attempt->service_until = 0;
    if (!answer->error) {
        attempt->failures = 0;
        g_clear_pointer(&attempt->tried, g_strfreev);
        g_clear_pointer(&attempt->watch, g_strfreev);
        /* Numbers that were old when they came do not get younger by asking at once again. */
        if (answer->snapshot->fetched_at < refresh->now - REFRESH_BACKOFF_MIN)
            attempt->not_before = now + refresh->interval;
        return;
    }
    attempt->error = g_error_copy(answer->error);
    attempt->failures++;
    attempt->not_before = now + refresh_backoff(attempt->failures, g_random_double());
    if (is_for_the_user(answer->error))
        attempt->not_before = now + REFRESH_USER_WAIT;
    refresh_remember_tried(attempt, fingerprint, answer->watch);
    if (answer->retry_after > 0)
        attempt->service_until = now + answer->retry_after;
}

/* A provider's clock is not ours: a time that can't be would make the snapshot young for ever. */
static void set_time(struct snapshot *snapshot, gint64 now)
{
    if (snapshot->fetched_at == 0 || snapshot->fetched_at > now + CLOCK_SLACK)
        snapshot->fetched_at = now;
}

GError *refresh_clock_error(gint64 now)
{
    g_autofree char *text = timestamp_format(now);

    return g_error_new(USAGE_ERROR, USAGE_ERROR_INTERNAL,
                       _("the clock of this machine says %s; nothing is asked until it is set "
                         "right"),
                       text);
}

static void ask(const struct refresh *refresh, struct answer *answer)
{
    if (timestamp_is_sane(refresh->now)) {
        provider_ask(refresh->paths, refresh->provider, NULL, refresh->verbose, answer);
        return;
    }
    answer->error = refresh_clock_error(refresh->now);
}

/* Asks and stores, with the lock held. */
static bool fetch(const struct refresh *refresh, struct attempt *attempt, struct answer *answer,
                  GError **error)
{
    /* Taken before it is made: what the user changes meanwhile has not been tried. */
    g_autofree char *fingerprint = fingerprint_new(refresh->paths, refresh->provider);
    gint64 started = g_get_monotonic_time();
    gint64 now;

    /* Told before it is made: what can't be remembered would be repeated by every bar. */
    attempt->at = refresh->now;
    attempt->pending = true;
    attempt->forced = refresh->forced;
    if (!store_save_attempt(refresh->paths, refresh->provider, attempt, error))
        return false;
    ask(refresh, answer);
    now = refresh->now + (g_get_monotonic_time() - started) / G_USEC_PER_SEC;
    if (answer->snapshot) {
        set_time(answer->snapshot, now);
        store_save_snapshot(refresh->paths, answer->snapshot, &answer->error);
    }
    conclude(refresh, now, answer, fingerprint, attempt);
    return store_save_attempt(refresh->paths, refresh->provider, attempt, error);
}

/* Whether another process made an attempt while this one waited for the lock: that is as good as an
 * attempt of our own. */
static bool has_ended_meanwhile(const struct attempt *before, const struct attempt *after)
{
    return !after->pending && (before->pending || before->at != after->at);
}

/* Finds what is news, with the lock held, or sees to it that what is old by the time somebody wants
 * to be told of news is none. Where it can't be remembered it would be told again and again. */
static void find_alerts(const struct refresh *refresh, const struct answer *answer,
                        GPtrArray *alerts)
{
    if (!refresh->notifies)
        alerts_forget(refresh->paths, refresh->provider);
    else if (answer->snapshot)
        alerts_find(refresh->paths, answer->snapshot, refresh->thresholds,
                    answer->snapshot->fetched_at, alerts, NULL);
}

bool refresh_now(const struct refresh *refresh, struct answer *answer, GError **error)
{
    g_autoptr(GPtrArray) own = alerts_new();
    GPtrArray *alerts = refresh->alerts ? refresh->alerts : own;
    autoclear(stored) before = {0};
    autoclear(stored) stored = {0};
    bool done = true;
    int lock;

    *answer = (struct answer){0};
    store_load(refresh->paths, refresh->provider, &before);
    lock = store_lock(refresh->paths, refresh->provider, error);
    if (lock < 0)
        return false;
    store_load(refresh->paths, refresh->provider, &stored);
    if (!has_ended_meanwhile(&before.attempt, &stored.attempt) && may_begin(refresh, &stored)) {
        done = fetch(refresh, &stored.attempt, answer, error);
        find_alerts(refresh, answer, alerts);
    }
    close(lock);
    alerts_send(refresh->paths, own);
    return done;
}

void refresh_note_wait(const struct paths *paths, const char *provider, gint64 until)
{
    autoclear(stored) stored = {0};
    /* Where nothing can be kept, it can't be helped. */
    int lock = store_lock(paths, provider, NULL);

    if (lock < 0)
        return;
    store_load(paths, provider, &stored);
    stored.attempt.service_until = MAX(stored.attempt.service_until, until);
    store_save_attempt(paths, provider, &stored.attempt, NULL);
    close(lock);
}
