#include "cli/draw/schedule.h"

#include "common/usage/provider.h"
#include "common/usage/refresh.h"

/* Seconds for which news of the network are ignored after a refresh because of them: some networks
 * have news all the time. Doubled each time, up to the longest back-off. */
#define NEWS_WAIT 30

/* Seconds until the next try where nothing can be stored. */
#define STORE_WAIT 60

/* Seconds between two drawings because of the tooltip alone, which few people look at. */
#define TOOLTIP_WAIT 60

/* Seconds after which everything is looked at again in any case; also where the system does not
 * report when files change. */
#define LONGEST_SLEEP  3600
#define SLEEP_IF_BLIND 30

/* Seconds for which a refresh is shown that does not end, and microseconds for which one is shown
 * at least: if it were shorter, nobody would see it. */
#define MARK_LONGEST (PROVIDER_DEADLINE / 1000)
#define MARK_TIME    G_USEC_PER_SEC

void schedule_want(struct schedule *schedule, bool is_running, gint64 monotonic)
{
    schedule->is_wanted = !is_running || !schedule->is_forced;
    schedule->mark_until = monotonic + MARK_TIME;
}

void schedule_refuse(struct schedule *schedule)
{
    schedule->is_wanted = false;
    schedule->mark_until = 0;
}

void schedule_hurry(struct schedule *schedule, gint64 now, gint64 delay)
{
    if (schedule->hurry_at <= now)
        schedule->hurry_at = now + delay;
}

void schedule_wake(struct schedule *schedule, gint64 now, gint64 delay)
{
    schedule_hurry(schedule, now, delay);
    schedule->retry_at = schedule->hurry_at;
}

void schedule_note_clock(struct schedule *schedule, gint64 now)
{
    schedule->retry_at = MIN(schedule->retry_at, now + STORE_WAIT);
    schedule->hurry_at = MIN(schedule->hurry_at, now + SCHEDULE_HURRY);
    schedule->begun_at = MIN(schedule->begun_at, now);
}

void schedule_change_provider(struct schedule *schedule)
{
    schedule->retry_at = 0;
    schedule->begin_at = 0;
    schedule->begun_at = 0;
}

void schedule_note_unstored(struct schedule *schedule, gint64 now)
{
    schedule->retry_at = now + STORE_WAIT;
}

gint64 schedule_begins_at(struct schedule *schedule, const struct attempt *attempt, gint64 due_at,
                          gint64 now)
{
    gint64 at;

    /* What is overdue is reported as due now, at each look anew: it is put off only once. */
    schedule->begin_at =
        due_at > now ? due_at + schedule->jitter : MIN(schedule->begin_at, now + schedule->jitter);
    at = MAX(schedule->begin_at, MAX(schedule->retry_at, schedule->hurry_at));
    /* The last refresh left no attempt in the store, and so no waits: it was killed or found
     * nothing to do. */
    return attempt->at < schedule->begun_at ? MAX(at, schedule->begun_at + REFRESH_SPACING) : at;
}

void schedule_begin(struct schedule *schedule, gint64 now, gint64 jitter)
{
    if (schedule->hurry_at > 0) {
        schedule->news_wait = CLAMP(2 * schedule->news_wait, NEWS_WAIT, REFRESH_BACKOFF_MAX);
        schedule->news_at = now + schedule->news_wait;
    }
    schedule->is_forced = schedule->is_wanted;
    schedule->is_wanted = false;
    schedule->hurry_at = 0;
    schedule->begin_at = G_MAXINT64;
    schedule->begun_at = now;
    schedule->jitter = jitter;
}

bool schedule_lacks_network(const struct attempt *attempt)
{
    return attempt->error && usage_error_kind(attempt->error) == USAGE_ERROR_NETWORK;
}

gint64 schedule_ignores_network_until(struct schedule *schedule, const struct attempt *attempt,
                                      gint64 now)
{
    if (!attempt->error && attempt->at > 0)
        schedule->news_wait = schedule->news_at = 0;
    return schedule->news_at > now ? schedule->news_at : 0;
}

bool schedule_shows_refreshing(struct schedule *schedule, const struct attempt *attempt,
                               bool is_running, bool is_first, gint64 now, gint64 monotonic)
{
    bool is_recent = attempt->forced && ABS(now - attempt->at) < MARK_LONGEST;

    if (is_recent && attempt->at != schedule->forced_at) {
        schedule->forced_at = attempt->at;
        /* One that had ended before this process began is not shown. */
        if (!is_first || attempt->pending)
            schedule->mark_until = monotonic + MARK_TIME;
    }
    /* Our own refresh has ended but is still marked as pending: it was killed. */
    if (attempt->at == schedule->begun_at && !is_running)
        is_recent = false;
    return (is_recent && attempt->pending) || monotonic < schedule->mark_until;
}

gint64 schedule_refreshing_ends_at(const struct attempt *attempt, gint64 now)
{
    gint64 at = attempt->at + MARK_LONGEST;

    return attempt->forced && attempt->pending && at > now ? at : 0;
}

gint64 schedule_earlier(gint64 a, gint64 b)
{
    return a == 0 || b == 0 ? a + b : MIN(a, b);
}

gint64 schedule_redraws_at(gint64 text_changes_at, gint64 tooltip_changes_at, bool is_blind,
                           gint64 now)
{
    gint64 next = now + (is_blind ? SLEEP_IF_BLIND : LONGEST_SLEEP);

    if (tooltip_changes_at > 0)
        next = MIN(next, MAX(tooltip_changes_at, now + TOOLTIP_WAIT));
    return schedule_earlier(next, text_changes_at);
}
