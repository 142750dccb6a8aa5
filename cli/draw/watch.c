#include "cli/draw/watch.h"

#include "cli/base/pretend.h"
#include "cli/draw/click.h"
#include "cli/draw/schedule.h"
#include "cli/draw/wakeup.h"
#include "common/base/file.h"
#include "common/base/timestamp.h"
#include "common/base/wall_clock.h"
#include "common/usage/provider.h"
#include "common/usage/refresh_process.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/* Seconds for which numbers count as fresh while their refresh is on its way. */
#define GRACE 30

/* Milliseconds that it takes to end a process that has done its work. */
#define END_TIME 5

/* Microseconds between two lines: Polybar 3.6 and i3blocks 1.4 stay one behind for ever if the
 * second is there when they read the first. */
#define LINE_GAP (50 * 1000)

/* The time zone of the machine, unless the environment sets it. */
#define TIME_ZONE "/etc/localtime"

struct watch_loop {
    struct bar_state *bar;
    struct wakeup *wakeup;
    struct schedule schedule;
    struct refresh_process process;
    char *shown;          /* the text that was written last; NULL: none yet */
    gint64 shown_at;      /* microseconds of the monotonic clock; at first, when this began */
    char *provider;       /* that was drawn last; NULL: none */
    char **named;         /* files whose change may end the last error; NULL: none */
    GError *problem;      /* why nothing can be stored or asked; NULL: it can */
    gint64 next_state_at; /* when another state is pretended (seconds since 1970); 0: never */
    gint64 slept;         /* microseconds that the machine had slept at the last look */
    bool shows_details;   /* the refresh was asked for by a click, whose result is shown */
};

static gint64 watch_now(const struct watch_loop *watch)
{
    return watch->bar->context->now;
}

/* The time now, where that of the last look is too old. */
static gint64 watch_read_clock(void)
{
    return wall_clock_now() / G_USEC_PER_SEC;
}

static gint64 watch_random_delay(void)
{
    return g_random_int_range(1, SCHEDULE_HURRY);
}

static void watch_note_clocks(struct watch_loop *watch)
{
    gint64 now, slept;

    wakeup_note_clock(watch->wakeup);
    slept = wall_clock_slept();
    now = watch_read_clock();
    tzset(); /* the machine may have been carried into another time zone */
    schedule_note_clock(&watch->schedule, now);
    if (slept - watch->slept > G_USEC_PER_SEC)
        schedule_wake(&watch->schedule, now, watch_random_delay());
    watch->slept = slept;
}

static void watch_note_provider(struct watch_loop *watch)
{
    if (g_strcmp0(watch->provider, watch->bar->provider) == 0)
        return;
    g_free(watch->provider);
    watch->provider = g_strdup(watch->bar->provider);
    schedule_change_provider(&watch->schedule);
}

/* A refresh stores an answer before it stores that it has ended. In between, the error of the
 * attempt before it is obsolete. */
static void watch_drop_old_error(struct stored *stored)
{
    if (stored->attempt.pending && stored->snapshot &&
        stored->snapshot->fetched_at >= stored->attempt.at) {
        g_clear_error(&stored->attempt.error);
        stored->attempt.expired_at = 0;
    }
}

static void watch_add_provider_files(GPtrArray *files, const struct paths *paths,
                                     const char *provider)
{
    g_autofree char *name = g_strconcat(PROVIDER_PREFIX, provider, NULL);

    for (char **folder = paths->plugin_folders; *folder; folder++)
        g_ptr_array_add(files, g_build_filename(*folder, name, NULL));
}

/* The files on which the line depends, as absolute paths ended by NULL; not all of them need exist.
 */
static GPtrArray *watch_list_files(const struct watch_loop *watch)
{
    const struct context *context = watch->bar->context;
    const struct paths *paths = context->paths;
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(files, g_strdup(paths->config_file));
    g_ptr_array_add(files, g_strdup(paths->enabled_file));
    g_ptr_array_add(files, g_strdup(paths->credentials_file));
    if (watch->provider)
        watch_add_provider_files(files, paths, watch->provider);
    if (!g_environ_getenv(context->environment, "TZ"))
        g_ptr_array_add(files, g_strdup(TIME_ZONE));
    for (char **folder = paths->store_folders; *folder; folder++) {
        if (folder == paths->store_folders || g_file_test(*folder, G_FILE_TEST_IS_DIR))
            g_ptr_array_add(files, g_build_filename(*folder, "*.json", NULL));
    }
    for (char **file = watch->named; file && *file; file++) {
        if (g_path_is_absolute(*file))
            g_ptr_array_add(files, g_strdup(*file));
    }
    g_ptr_array_extend_and_steal(files, config_theme_files(context->config, paths));
    g_ptr_array_add(files, NULL);
    return files;
}

static bool watch_names_same_files(char **a, char **b)
{
    return a && b ? g_strv_equal((const char *const *)a, (const char *const *)b) : a == b;
}

/* Reads the configuration and the store. The files are watched before they are read, so that a
 * change in between wakes this process again. */
static void watch_load(struct watch_loop *watch, struct stored *stored)
{
    struct bar_state *bar = watch->bar;
    bool is_complete;

    do {
        stored_clear(stored);
        g_autoptr(GPtrArray) files = watch_list_files(watch);
        wakeup_watch_files(watch->wakeup, (const char *const *)files->pdata);
        context_renew(bar->context);
        bar_state_resolve(bar);
        watch_note_provider(watch);
        if (!bar->provider || !provider_id_is_valid(bar->provider))
            return;
        if (bar->options->states) {
            watch->next_state_at =
                pretend_load(bar->context, bar->provider, bar->options->states, stored);
            return;
        }
        struct refresh refresh = context_refresh(bar->context, bar->provider);
        refresh_load(&refresh, stored);
        is_complete = watch_names_same_files(watch->named, stored->attempt.watch);
        g_strfreev(watch->named);
        watch->named = g_strdupv(stored->attempt.watch);
    } while (!is_complete);
    watch_drop_old_error(stored);
}

/* Says so if a refresh that the user asks for can't be made now. */
static void watch_refuse(struct watch_loop *watch, const struct stored *stored)
{
    struct refresh refresh = {0};
    g_autoptr(GError) refusal = NULL;

    if (!watch->schedule.is_wanted || watch->process.pid > 0 || !watch->bar->provider)
        return;
    refresh = context_refresh(watch->bar->context, watch->bar->provider);
    refresh.forced = true;
    refusal = refresh_refusal(&refresh, stored);
    if (!refusal)
        return;
    schedule_refuse(&watch->schedule);
    watch->shows_details = false;
    click_report(watch->bar, refusal);
}

/* Begins a refresh if it is time; returns when the next one will be (seconds since 1970; 0: not
 * before something else has happened). */
static gint64 watch_refresh(struct watch_loop *watch, const struct stored *stored)
{
    struct refresh refresh = context_refresh(watch->bar->context, watch->bar->provider);
    struct schedule *schedule = &watch->schedule;
    gint64 begins_at;

    if (watch->bar->options->states)
        return watch->next_state_at;
    if (watch->process.pid > 0)
        return 0;
    /* Nothing would be asked then; the timer rings when the clock is set. */
    if (!timestamp_is_sane(refresh.now))
        return 0;
    refresh.verbose = watch->bar->options->verbose;
    refresh.hurried = schedule->hurry_at > 0;
    refresh.forced = schedule->is_wanted;
    begins_at = schedule_begins_at(schedule, &stored->attempt, refresh_due_at(&refresh, stored),
                                   refresh.now);
    if (!schedule->is_wanted && begins_at > refresh.now)
        return begins_at;
    schedule_begin(schedule, refresh.now, g_random_int_range(0, SCHEDULE_JITTER + 1));
    g_clear_error(&watch->problem);
    refresh_process_begin(&refresh, true, &watch->process, &watch->problem);
    return watch->process.pid > 0 ? 0 : refresh.now + REFRESH_SPACING;
}

static void watch_end_refresh(struct watch_loop *watch)
{
    g_clear_error(&watch->problem);
    if (!refresh_process_end(&watch->process, 0, &watch->problem))
        schedule_note_unstored(&watch->schedule, watch_read_clock());
    if (watch->shows_details)
        click_show_details(watch->bar);
    watch->shows_details = false;
}

/* Once its result is stored, this process's own refresh is about to end: waiting for that now saves
 * being woken once more. */
static void watch_await_end(struct watch_loop *watch, const struct attempt *attempt)
{
    if (watch->process.pid > 0 && !attempt->pending && attempt->at == watch->schedule.begun_at &&
        refresh_process_has_ended(&watch->process, END_TIME))
        watch_end_refresh(watch);
}

/* Writes the text if it is new; false if nobody reads it any more. */
static bool watch_print(struct watch_loop *watch, const char *text)
{
    gint64 gap;

    if (g_strcmp0(text, watch->shown) == 0)
        return true;
    gap = watch->shown ? LINE_GAP : watch->bar->options->adapter.settle_time;
    gap -= g_get_monotonic_time() - watch->shown_at;
    if (gap > 0)
        g_usleep((gulong)gap);
    g_free(watch->shown);
    watch->shown = g_strdup(text);
    watch->shown_at = g_get_monotonic_time();
    /* In one call: bars take each piece for a line. */
    return file_write_all(STDOUT_FILENO, text, strlen(text));
}

/* False if there is no usage to draw, and so nothing to refresh. */
static bool watch_draw(struct watch_loop *watch, struct stored *stored, struct bar_output *output)
{
    struct bar_state *bar = watch->bar;
    autoclear(stored) failure = {.problem = bar_state_check(bar)};

    if (failure.problem) {
        bar_state_draw(bar, &failure, output);
        return false;
    }
    if (!bar->provider) {
        output->text = g_strdup(bar->adapter_options.json ? bar->adapter->hidden_as_json
                                                          : bar->adapter->hidden);
        return false;
    }
    bar->settings.interval += GRACE;
    bar->settings.is_refreshing =
        schedule_shows_refreshing(&watch->schedule, &stored->attempt, watch->process.pid > 0,
                                  !watch->shown, watch_now(watch), g_get_monotonic_time());
    if (!watch->problem && !timestamp_is_sane(watch_now(watch)))
        watch->problem = refresh_clock_error(watch_now(watch));
    if (watch->problem)
        stored->problem = g_error_copy(watch->problem);
    bar_state_draw(bar, stored, output);
    return true;
}

/* Listens for news of the network if the network is missing; returns when to do so later (seconds
 * since 1970; 0: not later). */
static gint64 watch_network(struct watch_loop *watch, const struct attempt *attempt)
{
    gint64 later = schedule_ignores_network_until(&watch->schedule, attempt, watch_now(watch));
    bool is_missing = schedule_lacks_network(attempt);

    wakeup_watch_network(watch->wakeup, is_missing && later == 0);
    return is_missing ? later : 0;
}

/* Draws, and refreshes if it is time; returns when to look again (microseconds since 1970), or 0 if
 * the bar has gone. */
static gint64 watch_look(struct watch_loop *watch)
{
    autoclear(stored) stored = {0};
    autoclear(bar_output) output = {0};
    const struct attempt *attempt = &stored.attempt;
    gint64 next, mark_left;
    bool has_usage;

    watch_note_clocks(watch);
    watch_load(watch, &stored);
    watch_refuse(watch, &stored);
    has_usage = watch_draw(watch, &stored, &output);
    if (!watch_print(watch, output.text))
        return 0;
    watch_await_end(watch, attempt);
    next = schedule_redraws_at(output.text_changes_at, output.tooltip_changes_at,
                               !wakeup_sees_files(watch->wakeup), watch_now(watch));
    next = schedule_earlier(next, schedule_refreshing_ends_at(attempt, watch_now(watch)));
    if (has_usage)
        next = schedule_earlier(next, watch_refresh(watch, &stored));
    next = schedule_earlier(next, watch_network(watch, attempt));
    next = MAX(next, watch_now(watch) + 1) * G_USEC_PER_SEC;
    mark_left = watch->schedule.mark_until - g_get_monotonic_time();
    return mark_left > 0 ? MIN(next, wall_clock_now() + mark_left) : next;
}

static void watch_want_refresh(struct watch_loop *watch)
{
    if (watch->bar->options->states)
        return; /* nothing is stored that could be new */
    schedule_want(&watch->schedule, watch->process.pid > 0, g_get_monotonic_time());
}

static void watch_handle(struct watch_loop *watch, const struct wakeup_reasons *reasons)
{
    if (reasons->wants_refresh)
        watch_want_refresh(watch);
    if (reasons->network_has_news)
        schedule_hurry(&watch->schedule, watch_read_clock(), watch_random_delay());
    if (reasons->refresh_has_ended)
        watch_end_refresh(watch);
    for (gsize i = 0; i < reasons->clicks; i++) {
        if (click_perform(watch->bar, reasons->buttons[i])) {
            watch_want_refresh(watch);
            watch->shows_details = true;
        }
    }
}

static void watch_clear(struct watch_loop *watch)
{
    wakeup_free(watch->wakeup);
    g_free(watch->shown);
    g_strfreev(watch->named);
    g_free(watch->provider);
    g_clear_error(&watch->problem);
}

int watch_run(struct bar_state *bar)
{
    struct watch_loop watch = {.bar = bar,
                               .process = REFRESH_PROCESS_NONE,
                               .shown_at = g_get_monotonic_time(),
                               .slept = wall_clock_slept()};
    struct wakeup_reasons reasons;
    gint64 next;

    watch.wakeup =
        wakeup_new(bar->options->adapter.reports_clicks ? bar->adapter->read_click : NULL);
    while ((next = watch_look(&watch)) > 0) {
        if (!wakeup_wait(watch.wakeup, next, watch.process.end, &reasons))
            break;
        watch_handle(&watch, &reasons);
    }
    watch_clear(&watch);
    return 0;
}
