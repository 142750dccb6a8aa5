#include "common/usage/refresh.h"

#include "common/base/duration.h"
#include "common/base/i18n.h"
#include "common/base/timestamp.h"
#include "common/usage/alerts.h"
#include "common/usage/fingerprint.h"
#include "common/usage/provider.h"

#include <math.h>
#include <unistd.h>

/* Fingerprints that are kept, one for each environment in which a bar runs. */
#define MAX_TRIED 8

/* Whether the user has changed something since the failure, which may have fixed it. */
static bool refresh_setup_changed(const struct refresh *refresh, const struct attempt *attempt)
{
    return attempt->error && attempt->tried &&
           fingerprint_is_new(refresh->paths, refresh->provider, attempt->watch, attempt->tried);
}

/* Whether the attempt failed for want of a network, which has come back. */
static bool refresh_network_is_back(const struct refresh *refresh, const struct attempt *attempt)
{
    return refresh->hurried && attempt->error &&
           usage_error_kind(attempt->error) == USAGE_ERROR_NETWORK;
}

/* Whether the clock was set back after the attempt: then its times mean nothing. */
static bool refresh_is_from_future(const struct refresh *refresh, const struct attempt *attempt)
{
    return attempt->at > refresh->now + CLOCK_SLACK;
}

/* When the service allows an attempt. */
static gint64 refresh_allowed_at(const struct refresh *refresh, const struct attempt *attempt)
{
    return refresh_is_from_future(refresh, attempt) ? refresh->now
                                                    : MAX(refresh->now, attempt->service_until);
}

/* Until when attempts out of turn are paid for. What can't be, after the clock was set back, is not
 * believed. */
static gint64 refresh_early_until(const struct refresh *refresh, const struct attempt *attempt)
{
    bool is_possible =
        attempt->early_until <= refresh->now + (REFRESH_EARLY_COUNT * REFRESH_EARLY_WAIT);

    return MAX(refresh->now, is_possible ? attempt->early_until : 0);
}

/* When an attempt out of turn is allowed. Each costs REFRESH_EARLY_WAIT, and a few may be owed. */
static gint64 refresh_early_at(const struct refresh *refresh, const struct attempt *attempt)
{
    gint64 owed = (REFRESH_EARLY_COUNT - 1) * REFRESH_EARLY_WAIT;

    return MAX(refresh_allowed_at(refresh, attempt), refresh_early_until(refresh, attempt) - owed);
}

/* When an attempt is due in its turn. */
static gint64 refresh_turn_at(const struct refresh *refresh, const struct stored *stored)
{
    const struct attempt *attempt = &stored->attempt;
    const struct snapshot *snapshot = stored->snapshot;
    /* New settings that failed are tried again as if there were no numbers. */
    bool is_useless = attempt->error && snapshot && snapshot->has_other_settings;
    gint64 at =
        is_useless ? refresh->now : snapshot_too_old_at(snapshot, refresh->interval, refresh->now);

    if (refresh_is_from_future(refresh, attempt))
        return at;
    at = MAX(MAX(at, attempt->at + REFRESH_SPACING), refresh_allowed_at(refresh, attempt));
    return refresh_network_is_back(refresh, attempt) ? at : MAX(at, attempt->not_before);
}

/* Whether the user has changed something that the last attempt knew nothing about. */
static bool refresh_user_changed(const struct refresh *refresh, const struct stored *stored)
{
    if (stored->attempt.error)
        return refresh_setup_changed(refresh, &stored->attempt);
    return stored->snapshot && stored->snapshot->has_other_settings;
}

gint64 refresh_due_at(const struct refresh *refresh, const struct stored *stored)
{
    gint64 at = refresh_turn_at(refresh, stored);
    gint64 early_at = refresh_early_at(refresh, &stored->attempt);

    /* The change is checked last, because that looks at files. */
    if (at > early_at && (refresh->forced || refresh_user_changed(refresh, stored)))
        return early_at;
    return at;
}

GError *refresh_refusal(const struct refresh *refresh, const struct stored *stored)
{
    const struct attempt *attempt = &stored->attempt;
    gint64 wait = refresh_due_at(refresh, stored) - refresh->now;

    if (wait <= 0)
        return NULL;
    g_autofree char *countdown = duration_countdown_exact(wait, NULL);
    if (refresh_allowed_at(refresh, attempt) > refresh->now)
        return g_error_new(USAGE_ERROR, USAGE_ERROR_RATE_LIMITED,
                           _("the service asks to wait for another %s: %s"), countdown,
                           attempt->error ? attempt->error->message : "");
    return g_error_new(USAGE_ERROR, USAGE_ERROR_RATE_LIMITED,
                       _("the service was asked often enough; it may be asked again in %s"),
                       countdown);
}

void refresh_load(const struct refresh *refresh, struct stored *stored)
{
    store_load(refresh->paths, refresh->provider, stored);
    if (stored->snapshot)
        stored->snapshot->has_other_settings = !fingerprint_settings_fit(
            refresh->paths, refresh->settings, stored->snapshot->settings);
}

bool refresh_is_due(const struct refresh *refresh, const struct stored *stored)
{
    /* Another process is asking; wait for its result if a new one is needed. */
    if (stored->attempt.pending && !refresh->forced)
        return snapshot_is_too_old(stored->snapshot, refresh->interval, refresh->now);
    return refresh_due_at(refresh, stored) <= refresh->now;
}

gint64 refresh_backoff(guint failures, double jitter)
{
    double wait = REFRESH_BACKOFF_MIN * exp2(CLAMP(failures, 1, 20) - 1);

    return (gint64)(MIN(wait, REFRESH_BACKOFF_MAX) * (1 - 0.2 * jitter));
}

/* Adds what has just been tried without success, and drops the oldest if that is too much. */
static void refresh_remember_tried(struct attempt *attempt, const char *fingerprint)
{
    GPtrArray *tried = g_ptr_array_new();
    guint count = attempt->tried ? g_strv_length(attempt->tried) : 0;

    for (guint i = count >= MAX_TRIED ? 1 : 0; i < count; i++)
        g_ptr_array_add(tried, g_strdup(attempt->tried[i]));
    g_ptr_array_add(tried, fingerprint_with_files(fingerprint, attempt->watch));
    g_ptr_array_add(tried, NULL);
    g_strfreev(attempt->tried);
    attempt->tried = (char **)g_ptr_array_free(tried, FALSE);
}

/* Whether only the user can fix the error. */
static bool refresh_needs_user(const GError *error)
{
    enum usage_error kind = usage_error_kind(error);

    return kind == USAGE_ERROR_AUTH || kind == USAGE_ERROR_CONFIG || kind == USAGE_ERROR_PLAN;
}

/* Decides from the answer that came at `now` when the next attempt may be made: `not_before` is our
 * own decision, `service_until` what the service asked for (429 with Retry-After). */
static void refresh_set_waits(const struct refresh *refresh, gint64 now,
                              const struct answer *answer, struct attempt *attempt)
{
    attempt->not_before = 0;
    attempt->service_until = answer->retry_after > 0 ? now + answer->retry_after : 0;
    if (answer->error && refresh_needs_user(answer->error))
        attempt->not_before = now + REFRESH_USER_WAIT;
    else if (answer->error)
        attempt->not_before = now + refresh_backoff(attempt->failures, g_random_double());
    /* Numbers that were old when they came do not get younger by asking again at once. */
    else if (answer->snapshot && answer->snapshot->fetched_at < refresh->now - REFRESH_BACKOFF_MIN)
        attempt->not_before = now + refresh->interval;
}

/* Ends the attempt with the answer that came at `now`, and moves out of it what is kept. The
 * fingerprint was taken before asking. */
static void refresh_conclude(const struct refresh *refresh, gint64 now, const char *fingerprint,
                             struct answer *answer, struct stored *stored)
{
    struct attempt *attempt = &stored->attempt;

    attempt->pending = false;
    attempt->failures = answer->error ? attempt->failures + 1 : 0;
    refresh_set_waits(refresh, now, answer, attempt);
    g_clear_error(&attempt->error);
    g_strfreev(attempt->watch);
    attempt->expired_at = answer->expired_at;
    attempt->watch = g_steal_pointer(&answer->watch);
    if (answer->error) {
        attempt->error = g_steal_pointer(&answer->error);
        refresh_remember_tried(attempt, fingerprint);
        return;
    }
    g_clear_pointer(&attempt->tried, g_strfreev);
    snapshot_free(stored->snapshot);
    stored->snapshot = g_steal_pointer(&answer->snapshot);
}

GError *refresh_clock_error(gint64 now)
{
    g_autofree char *text = timestamp_format(now);

    return g_error_new(USAGE_ERROR, USAGE_ERROR_INTERNAL,
                       _("the clock of this machine says %s; nothing is asked until it is set "
                         "right"),
                       text);
}

/* Asks the provider, with this credential source alone unless it is NULL, and trusts neither our
 * clock nor its own. Returns when the answer came (seconds since 1970). */
static gint64 refresh_ask(const struct refresh *refresh, const char *source, struct answer *answer)
{
    gint64 started = g_get_monotonic_time();
    gint64 now;

    if (!timestamp_is_sane(refresh->now)) {
        *answer = (struct answer){.error = refresh_clock_error(refresh->now)};
        return refresh->now;
    }
    provider_ask(refresh->paths, refresh->provider, source, refresh->verbose, answer);
    now = refresh->now + (g_get_monotonic_time() - started) / G_USEC_PER_SEC;
    /* A time in the future would make the snapshot young for ever. */
    if (answer->snapshot &&
        (answer->snapshot->fetched_at == 0 || answer->snapshot->fetched_at > now + CLOCK_SLACK))
        answer->snapshot->fetched_at = now;
    return now;
}

/* Collects new alerts; or, if the user wants none, forgets what was seen so that nothing old is
 * reported later. Alerts that can't be remembered are dropped, because they would be reported again
 * and again. */
static void refresh_find_alerts(const struct refresh *refresh, const struct snapshot *snapshot,
                                GPtrArray *alerts)
{
    if (!refresh->alert_thresholds)
        alerts_forget(refresh->paths, refresh->provider);
    else if (snapshot)
        alerts_find(refresh->paths, snapshot, *refresh->alert_thresholds, snapshot->fetched_at,
                    alerts, NULL);
}

static void refresh_pay_early(const struct refresh *refresh, struct attempt *attempt)
{
    attempt->early_until = refresh_early_until(refresh, attempt) + REFRESH_EARLY_WAIT;
}

/* Asks and stores, with the lock held. */
static bool refresh_fetch(const struct refresh *refresh, struct stored *stored, GPtrArray *alerts,
                          GError **error)
{
    /* Both taken before asking: what the user changes meanwhile has not been tried. */
    g_autofree char *fingerprint = fingerprint_new(refresh->paths, refresh->provider);
    g_autofree char *settings = fingerprint_settings_new(refresh->paths, refresh->settings);
    struct attempt *attempt = &stored->attempt;
    autoclear(answer) answer = {0};
    gint64 now;

    /* Stored before asking: an attempt that can't be remembered would be repeated by every bar. */
    if (refresh_turn_at(refresh, stored) > refresh->now)
        refresh_pay_early(refresh, attempt);
    attempt->at = refresh->now;
    attempt->pending = true;
    attempt->forced = refresh->forced;
    if (!store_save_attempt(refresh->paths, refresh->provider, attempt, error))
        return false;
    now = refresh_ask(refresh, NULL, &answer);
    if (answer.snapshot) {
        g_free(answer.snapshot->settings);
        answer.snapshot->settings = g_steal_pointer(&settings);
        store_save_snapshot(refresh->paths, answer.snapshot, &answer.error);
    }
    refresh_find_alerts(refresh, answer.snapshot, alerts);
    refresh_conclude(refresh, now, fingerprint, &answer, stored);
    return store_save_attempt(refresh->paths, refresh->provider, attempt, error);
}

enum refresh_outcome refresh_now(const struct refresh *refresh, struct stored *stored,
                                 GPtrArray *alerts, GError **error)
{
    enum refresh_outcome outcome = REFRESH_SKIPPED;
    bool was_pending, is_made;
    gint64 last_at;
    int lock;

    refresh_load(refresh, stored);
    was_pending = stored->attempt.pending;
    last_at = stored->attempt.at;
    lock = store_lock(refresh->paths, refresh->provider, error);
    if (lock < 0)
        return REFRESH_FAILED;
    stored_clear(stored);
    refresh_load(refresh, stored);
    /* An attempt that another process made while this one waited is as good as one of our own. */
    is_made = !stored->attempt.pending && (was_pending || stored->attempt.at != last_at);
    if (!is_made && refresh_due_at(refresh, stored) <= refresh->now)
        outcome = refresh_fetch(refresh, stored, alerts, error) ? REFRESH_MADE : REFRESH_FAILED;
    else if (!is_made && refresh->forced)
        outcome = REFRESH_REFUSED;
    close(lock);
    return outcome;
}

/* Stores that an attempt out of turn was made, and that the service wants to be left alone until
 * then (seconds since 1970; 0: it does not). */
static void refresh_note_source(const struct refresh *refresh, gint64 until)
{
    autoclear(stored) stored = {0};
    int lock = store_lock(refresh->paths, refresh->provider, NULL); /* if not, there is no way */

    if (lock < 0)
        return;
    store_load(refresh->paths, refresh->provider, &stored);
    refresh_pay_early(refresh, &stored.attempt);
    stored.attempt.service_until = MAX(stored.attempt.service_until, until);
    store_save_attempt(refresh->paths, refresh->provider, &stored.attempt, NULL);
    close(lock);
}

void refresh_ask_source(const struct refresh *refresh, const char *source, struct answer *answer)
{
    autoclear(stored) stored = {0};
    gint64 now, wait;

    store_load(refresh->paths, refresh->provider, &stored);
    wait = refresh_early_at(refresh, &stored.attempt) - refresh->now;
    if (wait > 0) {
        g_autofree char *countdown = duration_countdown_exact(wait, NULL);
        *answer = (struct answer){
            .error = g_error_new(USAGE_ERROR, USAGE_ERROR_RATE_LIMITED,
                                 _("nothing was asked: the service may be asked again in %s"),
                                 countdown)};
        return;
    }
    now = refresh_ask(refresh, source, answer);
    refresh_note_source(refresh, answer->retry_after > 0 ? now + answer->retry_after : 0);
}
