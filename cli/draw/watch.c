#include "cli/draw/watch.h"

#include "cli/draw/click.h"
#include "cli/draw/wakeup.h"
#include "cli/draw/watched_files.h"
#include "common/base/file.h"
#include "common/base/timestamp.h"
#include "common/base/wall_clock.h"
#include "common/usage/provider.h"
#include "common/usage/refresh_process.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Seconds by which a refresh is put off at random, so that of many bars one asks and the others
 * find its answer; and after which it is made when the network has come back or the machine has
 * woken. */
#define JITTER 3
#define HURRY  5

/* Seconds for which news of the network count no more after one was followed for nothing: some
 * networks have news all the time. Twice as many each time, up to the longest back-off. */
#define NEWS_WAIT 30

/* Seconds for which numbers count as fresh while their refresh is on its way. */
#define GRACE 30

/* Seconds after which it is tried again to keep something where nothing can be kept. */
#define STORE_WAIT 60

/* Seconds between drawings because of the tooltip alone, which few people look at. */
#define TOOLTIP_WAIT 60

/* Seconds after which everything is looked at again in any case; also where the system does not
 * tell when files change. */
#define LONGEST_SLEEP  3600
#define SLEEP_IF_BLIND 30

/* Seconds for which a refresh is shown that does not end, and microseconds for which one is shown
 * at least: shorter, and nobody sees it. */
#define MARK_LONGEST (PROVIDER_DEADLINE / 1000)
#define MARK_TIME    G_USEC_PER_SEC

/* Milliseconds that it takes to end a process that has done its work. */
#define END_TIME 5

/* Microseconds between two lines: Polybar 3.6 and i3blocks 1.4 stay one behind for ever if the
 * second is there when they read the first. */
#define LINE_GAP (50 * 1000)

struct watch_state {
    struct bar_state *bar;
    struct wakeup *wakeup;
    struct refresh_process process;
    char *shown;        /* the last output; NULL: none yet */
    char **named;       /* files whose change may mend the last error; NULL: none */
    GError *problem;    /* nothing can be kept; NULL: it can */
    gint64 retry_at;    /* seconds since 1970: no refresh of this process's own accord before */
    gint64 news_at;     /* seconds since 1970: news of the network count again from then on */
    gint64 news_wait;   /* seconds: twice as many after each try for nothing */
    gint64 hurry_at;    /* seconds since 1970: the network is tried again then; 0: not waited for */
    gint64 forced_at;   /* when somebody last asked for a refresh, as the store tells it */
    gint64 mark_until;  /* microseconds of the monotonic clock */
    gint64 shown_at;    /* microseconds of the monotonic clock */
    gint64 slept;       /* microseconds that the machine had slept at the last look */
    gint64 jitter;      /* seconds */
    gint64 begun_at;    /* seconds since 1970: when the last refresh was begun */
    gint64 begin_at;    /* seconds since 1970: the refresh that is due, put off by the jitter */
    char *provider;     /* that was drawn last; NULL: none */
    bool is_forced;     /* the refresh under way was asked for */
    bool is_wanted;     /* a signal or a click asks for a refresh */
    bool tells_details; /* … and wants to see what came of it */
};

static gint64 now_of(const struct watch_state *watch)
{
    return watch->bar->context->now;
}

/* Of somebody who has just been woken. */
static gint64 seconds_now(void)
{
    return wall_clock_now() / G_USEC_PER_SEC;
}

/* Who asks again while that is being done has what he wants. */
static void refresh_wanted(struct watch_state *watch)
{
    watch->is_wanted = watch->process.pid == 0 || !watch->is_forced;
    watch->mark_until = g_get_monotonic_time() + MARK_TIME;
}

/* Of many pieces of news the first one counts, or they could put it off for ever. */
static void hurry(struct watch_state *watch)
{
    if (watch->hurry_at <= seconds_now())
        watch->hurry_at = seconds_now() + g_random_int_range(1, HURRY);
}

/* After a suspend the network needs a moment. */
static void look_at_clocks(struct watch_state *watch)
{
    gint64 slept;

    wakeup_note_clock(watch->wakeup);
    slept = wall_clock_slept();
    tzset(); /* the machine may have been carried into another time zone */
    /* If the clock was set back, waits from before mean nothing. */
    watch->retry_at = MIN(watch->retry_at, seconds_now() + STORE_WAIT);
    watch->hurry_at = MIN(watch->hurry_at, seconds_now() + HURRY);
    watch->begun_at = MIN(watch->begun_at, seconds_now());
    if (slept - watch->slept > G_USEC_PER_SEC) {
        hurry(watch);
        watch->retry_at = watch->hurry_at;
    }
    watch->slept = slept;
}

static bool are_same(char **a, char **b)
{
    return a && b ? g_strv_equal((const char *const *)a, (const char *const *)b) : a == b;
}

/* Waits are those of one provider. */
static void note_provider(struct watch_state *watch)
{
    if (g_strcmp0(watch->provider, watch->bar->provider) == 0)
        return;
    g_free(watch->provider);
    watch->provider = g_strdup(watch->bar->provider);
    watch->retry_at = 0;
    watch->begin_at = 0;
    watch->begun_at = 0;
}

/* An answer is stored before it is noted that the attempt has ended: then what is said of the last
 * one holds no longer. */
static void forget_old_error(struct stored *stored)
{
    if (stored->attempt.pending && stored->snapshot &&
        stored->snapshot->fetched_at >= stored->attempt.at) {
        g_clear_error(&stored->attempt.error);
        stored->attempt.expired_at = 0;
    }
}

/* Reads the configuration and what is stored. What changes after it was read wakes this process
 * again, for the files are watched first. */
static void load(struct watch_state *watch, struct stored *stored)
{
    const struct bar_state *bar = watch->bar;
    bool are_named;

    do {
        stored_clear(stored);
        g_autoptr(GPtrArray) files = watched_files(bar, watch->provider, watch->named);
        wakeup_watch_files(watch->wakeup, (const char *const *)files->pdata);
        context_renew(bar->context);
        bar_state_resolve(watch->bar);
        note_provider(watch);
        if (!bar->provider || !provider_id_is_valid(bar->provider))
            return;
        store_load(bar->context->paths, bar->provider, stored);
        are_named = are_same(watch->named, stored->attempt.watch);
        g_strfreev(watch->named);
        watch->named = g_strdupv(stored->attempt.watch);
    } while (!are_named);
    forget_old_error(stored);
}

/* When a refresh may be made that is due then. An attempt that is in the store has its waits there;
 * if there is none after a refresh, that was killed or found nothing to do. */
static gint64 may_begin_at(struct watch_state *watch, const struct attempt *attempt, gint64 due_at)
{
    gint64 now = now_of(watch);

    /* What is overdue is due now, at each look anew: it is put off but once. */
    watch->begin_at =
        due_at > now ? due_at + watch->jitter : MIN(watch->begin_at, now + watch->jitter);
    due_at = MAX(watch->begin_at, MAX(watch->retry_at, watch->hurry_at));
    return attempt->at < watch->begun_at ? MAX(due_at, watch->begun_at + REFRESH_SPACING) : due_at;
}

/* Begins a refresh if one is due, and gives the time at which the next one will be (seconds since
 * 1970; 0: not as things are). */
static gint64 refresh(struct watch_state *watch, const struct stored *stored)
{
    struct refresh refresh = context_refresh(watch->bar->context, watch->bar->provider);
    gint64 due_at;

    if (watch->process.pid > 0)
        return 0;
    refresh.verbose = watch->bar->options->verbose;
    refresh.hurried = watch->hurry_at > 0;
    refresh.forced = watch->is_forced = watch->is_wanted;
    /* Nothing would be asked then, nor kept of it; the timer rings when the clock is set. */
    if (!timestamp_is_sane(refresh.now))
        return 0;
    due_at = may_begin_at(watch, &stored->attempt, refresh_due_at(&refresh, stored));
    if (!watch->is_wanted && due_at > refresh.now)
        return due_at;
    if (refresh.hurried) {
        watch->news_wait = CLAMP(2 * watch->news_wait, NEWS_WAIT, REFRESH_BACKOFF_MAX);
        watch->news_at = refresh.now + watch->news_wait;
    }
    watch->is_wanted = false;
    watch->hurry_at = 0;
    watch->begin_at = G_MAXINT64;
    watch->begun_at = refresh.now;
    watch->jitter = g_random_int_range(0, JITTER + 1);
    g_clear_error(&watch->problem);
    refresh_process_begin(&refresh, true, &watch->process, &watch->problem);
    return watch->process.pid > 0 ? 0 : watch->begun_at + REFRESH_SPACING;
}

static void refresh_ended(struct watch_state *watch)
{
    g_clear_error(&watch->problem);
    if (!refresh_process_end(&watch->process, 0, &watch->problem))
        watch->retry_at = seconds_now() + STORE_WAIT;
    if (watch->tells_details)
        click_show_details(watch->bar);
    watch->tells_details = false;
}

/* After what is stored now this process's own refresh has nothing to do but to end: that need not
 * wake it once more. */
static void await_end(struct watch_state *watch, const struct attempt *attempt)
{
    if (watch->process.pid > 0 && !attempt->pending && attempt->at == watch->begun_at &&
        refresh_process_has_ended(&watch->process, END_TIME))
        refresh_ended(watch);
}

/* Whether somebody's refresh is under way, or was so short that it has to be shown still. */
static bool is_marked(struct watch_state *watch, const struct attempt *attempt)
{
    gint64 age = now_of(watch) - attempt->at;
    bool is_recent = attempt->forced && ABS(age) < MARK_LONGEST;

    if (is_recent && attempt->at != watch->forced_at) {
        watch->forced_at = attempt->at;
        /* One that had ended before this process began is no news. */
        if (watch->shown || attempt->pending)
            watch->mark_until = g_get_monotonic_time() + MARK_TIME;
    }
    /* Our own that has ended and is pending still was killed. */
    if (attempt->at == watch->begun_at && watch->process.pid == 0)
        is_recent = false;
    return (is_recent && attempt->pending) || g_get_monotonic_time() < watch->mark_until;
}

/* When to take the mark away of a refresh that was killed and so does not end (seconds since 1970;
 * 0: there is none). */
static gint64 mark_ends_at(const struct watch_state *watch, const struct attempt *attempt)
{
    gint64 at = attempt->at + MARK_LONGEST;

    return attempt->forced && attempt->pending && at > now_of(watch) ? at : 0;
}

/* False if nobody reads it any more. */
static bool print_if_changed(struct watch_state *watch, const char *text)
{
    gint64 gap;

    if (g_strcmp0(text, watch->shown) == 0)
        return true;
    gap = watch->shown ? watch->shown_at + LINE_GAP - g_get_monotonic_time() : 0;
    if (gap > 0)
        g_usleep((gulong)gap);
    g_free(watch->shown);
    watch->shown = g_strdup(text);
    watch->shown_at = g_get_monotonic_time();
    return file_write_all(STDOUT_FILENO, text,
                          strlen(text)); /* at once: bars take a piece for a line */
}

/* The earlier of two times, of which 0 is never. */
static gint64 earlier(gint64 a, gint64 b)
{
    return a == 0 || b == 0 ? a + b : MIN(a, b);
}

/* False if there is nothing to draw, and so nothing to refresh. */
static bool draw(struct watch_state *watch, struct stored *stored, struct bar_output *output)
{
    struct bar_state *bar = watch->bar;
    g_autoptr(GError) error = bar_state_check(bar);

    if (error) {
        bar_state_draw_error(bar, error, output);
        return false;
    }
    if (!bar->provider) {
        *output = (struct bar_output){.text = g_strdup(bar->adapter->hidden(&bar->shown_options))};
        return false;
    }
    bar->settings.interval += GRACE;
    bar->settings.is_refreshing = is_marked(watch, &stored->attempt);
    if (!watch->problem && !timestamp_is_sane(now_of(watch)))
        watch->problem = refresh_clock_error(now_of(watch));
    if (watch->problem)
        stored->problem = g_error_copy(watch->problem);
    bar_state_draw(bar, stored, output);
    return true;
}

/* When what is drawn reads otherwise, or has to be looked at again in any case. */
static gint64 changes_at(const struct watch_state *watch, const struct bar_output *output)
{
    bool is_blind = !wakeup_sees_files(watch->wakeup);
    gint64 next = now_of(watch) + (is_blind ? SLEEP_IF_BLIND : LONGEST_SLEEP);

    if (output->tooltip_changes_at > 0)
        next = MIN(next, MAX(output->tooltip_changes_at, now_of(watch) + TOOLTIP_WAIT));
    return earlier(next, output->text_changes_at);
}

/* Waits for news of the network if it is what is missing. When to do so, if not yet (seconds since
 * 1970; 0: now, or not at all). */
static gint64 await_network(struct watch_state *watch, const struct attempt *attempt)
{
    bool is_missing = attempt->error && usage_error_kind(attempt->error) == USAGE_ERROR_NETWORK;
    bool is_late = watch->news_at > now_of(watch);

    if (!attempt->error && attempt->at > 0)
        watch->news_wait = watch->news_at = 0;
    wakeup_watch_network(watch->wakeup, is_missing && !is_late);
    return is_missing && is_late ? watch->news_at : 0;
}

/* Does all that is to be done now, and says when to look again (microseconds since 1970); 0 if the
 * bar has gone. */
static gint64 look(struct watch_state *watch)
{
    autoclear(stored) stored = {0};
    autoclear(bar_output) output = {0};
    const struct attempt *attempt = &stored.attempt;
    gint64 next, mark_left;
    bool is_drawn;

    look_at_clocks(watch);
    load(watch, &stored);
    is_drawn = draw(watch, &stored, &output);
    if (!print_if_changed(watch, output.text))
        return 0;
    await_end(watch, attempt);
    next = earlier(changes_at(watch, &output), mark_ends_at(watch, attempt));
    if (is_drawn)
        next = earlier(next, refresh(watch, &stored));
    next = earlier(next, await_network(watch, attempt));
    next = MAX(next, now_of(watch) + 1) * G_USEC_PER_SEC;
    mark_left = watch->mark_until - g_get_monotonic_time();
    return mark_left > 0 ? MIN(next, wall_clock_now() + mark_left) : next;
}

static void take(struct watch_state *watch, const struct wakeup_reasons *reasons)
{
    if (reasons->wants_refresh)
        refresh_wanted(watch);
    if (reasons->network_has_news)
        hurry(watch);
    if (reasons->refresh_has_ended)
        refresh_ended(watch);
    for (gsize i = 0; i < reasons->clicks; i++) {
        if (click_perform(watch->bar, reasons->buttons[i])) {
            refresh_wanted(watch);
            watch->tells_details = true;
        }
    }
}

static void watch_clear(struct watch_state *watch)
{
    wakeup_free(watch->wakeup);
    g_free(watch->shown);
    g_strfreev(watch->named);
    g_free(watch->provider);
    g_clear_error(&watch->problem);
}

int watch_run(struct bar_state *bar)
{
    struct watch_state watch = {
        .bar = bar, .process = REFRESH_PROCESS_NONE, .slept = wall_clock_slept()};
    struct wakeup_reasons reasons;
    gint64 next;

    watch.wakeup = wakeup_new(bar->adapter_options.told_clicks ? bar->adapter->read_click : NULL);
    while ((next = look(&watch)) > 0) {
        if (!wakeup_wait(watch.wakeup, next, watch.process.end, &reasons))
            break;
        take(&watch, &reasons);
    }
    watch_clear(&watch);
    return 0;
}
