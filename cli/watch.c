#include "cli/watch.h"

#include "cli/click.h"
#include "cli/wakeup.h"
#include "common/provider.h"
#include "common/refresh_aside.h"
#include "common/wall_timer.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Seconds by which a refresh is put off at random, so that of many bars one asks and the others
 * find its answer; and after which it is made when the network has come back or the machine has
 * woken. */
#define JITTER 3
#define HURRY  5

/* Seconds for which numbers count as fresh while their refresh is on its way. */
#define GRACE 30

/* Seconds after which it is tried again to keep something where nothing can be kept. */
#define STORE_WAIT 60

/* Seconds between drawings because of the tooltip alone, which few people look at. */
#define TOOLTIP_WAIT 60

/* Seconds after which everything is looked at again in any case. */
#define LONGEST_SLEEP 3600

/* Microseconds for which the mark of a refresh is shown at least: shorter, and nobody sees it. */
#define MARK_TIME G_USEC_PER_SEC

struct watch {
    struct drawing *drawing;
    struct wakeup *wakeup;
    struct aside aside;
    char *shown;        /* the last output; NULL: none yet */
    char **named;       /* files whose change may mend the last error; NULL: none */
    GError *problem;    /* nothing can be kept; NULL: it can */
    gint64 retry_at;    /* seconds since 1970: no refresh of this process's own accord before */
    gint64 hurry_at;    /* seconds since 1970: the network is tried again then; 0: not waited for */
    gint64 forced_at;   /* when somebody last asked for a refresh, as the store tells it */
    gint64 mark_until;  /* microseconds of the monotonic clock */
    gint64 slept;       /* microseconds that the machine had slept at the last look */
    gint64 jitter;      /* seconds */
    bool is_wanted;     /* a signal or a click asks for a refresh */
    bool tells_details; /* … and wants to see what came of it */
};

static gint64 now_of(const struct watch *watch)
{
    return watch->drawing->context->now;
}

static void refresh_wanted(struct watch *watch)
{
    watch->is_wanted = true;
    watch->mark_until = g_get_monotonic_time() + MARK_TIME;
}

static void hurry(struct watch *watch)
{
    watch->hurry_at = now_of(watch) + g_random_int_range(1, HURRY);
}

/* After a suspend the network needs a moment. */
static void look_at_clocks(struct watch *watch)
{
    gint64 slept = wall_clock_slept();

    context_renew(watch->drawing->context);
    tzset(); /* the machine may have been carried into another time zone */
    if (slept - watch->slept > G_USEC_PER_SEC) {
        hurry(watch);
        watch->retry_at = watch->hurry_at;
    }
    watch->slept = slept;
    /* If the clock was set back, waits from before mean nothing. */
    watch->retry_at = MIN(watch->retry_at, now_of(watch) + STORE_WAIT);
    watch->hurry_at = MIN(watch->hurry_at, now_of(watch) + HURRY);
}

/* Whatever says what is drawn. */
static void watch_files(const struct watch *watch)
{
    const struct paths *paths = watch->drawing->context->paths;
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(files, g_strdup(paths->config_file));
    g_ptr_array_add(files, g_strdup(paths->enabled_file));
    g_ptr_array_add(files, g_strdup(paths->credentials_file));
    for (char **folder = paths->store_folders; *folder; folder++) {
        if (folder == paths->store_folders || g_file_test(*folder, G_FILE_TEST_IS_DIR))
            g_ptr_array_add(files, g_build_filename(*folder, "*", NULL));
    }
    for (char **file = watch->named; file && *file; file++) {
        if (g_path_is_absolute(*file))
            g_ptr_array_add(files, g_strdup(*file));
    }
    g_ptr_array_extend_and_steal(files, config_theme_files(watch->drawing->context->config, paths));
    g_ptr_array_add(files, NULL);
    wakeup_watch_files(watch->wakeup, (const char *const *)files->pdata);
}

static bool are_same(char **a, char **b)
{
    return a && b ? g_strv_equal((const char *const *)a, (const char *const *)b) : a == b;
}

/* Loads what is stored. What happens from before that on wakes this process again. */
static void load(struct watch *watch, struct stored *stored)
{
    const struct drawing *drawing = watch->drawing;
    bool are_named;

    do {
        stored_clear(stored);
        watch_files(watch);
        drawing_choose(watch->drawing);
        if (!drawing->provider || !provider_id_is_valid(drawing->provider))
            return;
        store_load(drawing->context->paths, drawing->provider, stored);
        are_named = are_same(watch->named, stored->attempt.watch);
        g_strfreev(watch->named);
        watch->named = g_strdupv(stored->attempt.watch);
    } while (!are_named);
}

/* Begins a refresh if one is due, and gives the time at which the next one will be (seconds since
 * 1970; 0: not as things are). */
static gint64 refresh(struct watch *watch, const struct stored *stored)
{
    struct refresh refresh = context_refresh(watch->drawing->context, watch->drawing->provider);
    gint64 due_at;

    if (watch->aside.process > 0)
        return 0;
    refresh.verbose = watch->drawing->options->verbose;
    refresh.hurried = watch->hurry_at > 0;
    refresh.forced = watch->is_wanted;
    due_at = refresh_due_at(&refresh, stored) + watch->jitter;
    due_at = MAX(due_at, MAX(watch->retry_at, watch->hurry_at));
    if (!watch->is_wanted && due_at > refresh.now)
        return due_at;
    watch->is_wanted = false;
    watch->hurry_at = 0;
    watch->retry_at = refresh.now + REFRESH_SPACING;
    watch->jitter = g_random_int_range(0, JITTER + 1);
    g_clear_error(&watch->problem);
    aside_begin(&refresh, true, &watch->aside, &watch->problem);
    return watch->aside.process > 0 ? 0 : watch->retry_at;
}

static void refresh_ended(struct watch *watch)
{
    g_clear_error(&watch->problem);
    if (!aside_end(&watch->aside, 0, &watch->problem))
        watch->retry_at = now_of(watch) + STORE_WAIT;
    if (watch->tells_details)
        click_refreshed(watch->drawing);
    watch->tells_details = false;
}

/* Whether somebody's refresh is under way, or was so short that it has to be shown still. */
static bool is_marked(struct watch *watch, const struct attempt *attempt)
{
    gint64 age = now_of(watch) - attempt->at;
    bool is_recent = attempt->forced && ABS(age) < PROVIDER_DEADLINE / 1000;

    if (is_recent && attempt->at != watch->forced_at) {
        watch->forced_at = attempt->at;
        watch->mark_until = g_get_monotonic_time() + MARK_TIME;
    }
    return (is_recent && attempt->pending) || g_get_monotonic_time() < watch->mark_until;
}

/* False if nobody reads it any more. */
static bool print_if_changed(struct watch *watch, const char *output)
{
    if (g_strcmp0(output, watch->shown) == 0)
        return true;
    g_free(watch->shown);
    watch->shown = g_strdup(output);
    fputs(output, stdout);
    return fflush(stdout) == 0;
}

/* The earlier of two times, of which 0 is never. */
static gint64 earlier(gint64 a, gint64 b)
{
    return a == 0 || b == 0 ? a + b : MIN(a, b);
}

static void draw(struct watch *watch, struct stored *stored, struct drawn *drawn)
{
    struct drawing *drawing = watch->drawing;
    g_autoptr(GError) error = drawing_error(drawing);

    if (error) {
        drawing_draw_error(drawing, error, drawn);
    } else if (!drawing->provider) {
        *drawn =
            (struct drawn){.output = g_strdup(drawing->adapter->hidden(&drawing->shown_options))};
    } else {
        drawing->settings.interval += GRACE;
        drawing->settings.is_refreshing = is_marked(watch, &stored->attempt);
        if (watch->problem && !stored->attempt.error)
            stored->attempt.error = g_error_copy(watch->problem);
        drawing_draw(drawing, stored, drawn);
    }
}

/* Does all that is to be done now, and says when to look again (microseconds since 1970); 0 if the
 * bar has gone. */
static gint64 look(struct watch *watch)
{
    autoclear(stored) stored = {0};
    autoclear(drawn) drawn = {0};
    gint64 next, mark_left;

    look_at_clocks(watch);
    load(watch, &stored);
    draw(watch, &stored, &drawn);
    if (!print_if_changed(watch, drawn.output))
        return 0;
    next = now_of(watch) + LONGEST_SLEEP;
    next = earlier(next, drawn.text_changes_at);
    if (drawn.tooltip_changes_at > 0)
        next = MIN(next, MAX(drawn.tooltip_changes_at, now_of(watch) + TOOLTIP_WAIT));
    if (watch->drawing->provider && provider_id_is_valid(watch->drawing->provider))
        next = earlier(next, refresh(watch, &stored));
    wakeup_watch_network(watch->wakeup,
                         stored.attempt.error &&
                             usage_error_kind(stored.attempt.error) == USAGE_ERROR_NETWORK);
    next = MAX(next, now_of(watch) + 1) * G_USEC_PER_SEC;
    mark_left = watch->mark_until - g_get_monotonic_time();
    return mark_left > 0 ? MIN(next, wall_clock() + mark_left) : next;
}

static void take(struct watch *watch, const struct wakeup_reasons *reasons)
{
    if (reasons->wants_refresh)
        refresh_wanted(watch);
    if (reasons->network_has_news)
        hurry(watch);
    if (reasons->aside_has_ended)
        refresh_ended(watch);
    for (gsize i = 0; i < reasons->clicks; i++) {
        if (click(watch->drawing, reasons->buttons[i])) {
            refresh_wanted(watch);
            watch->tells_details = true;
        }
    }
}

static void watch_clear(struct watch *watch)
{
    wakeup_free(watch->wakeup);
    g_free(watch->shown);
    g_strfreev(watch->named);
    g_clear_error(&watch->problem);
}

int watch(struct drawing *drawing)
{
    struct watch watch = {.drawing = drawing, .aside = ASIDE_NONE, .slept = wall_clock_slept()};
    struct wakeup_reasons reasons;
    gint64 next;

    watch.wakeup =
        wakeup_new(drawing->adapter_options.told_clicks ? drawing->adapter->read_click : NULL);
    while ((next = look(&watch)) > 0) {
        if (!wakeup_wait(watch.wakeup, next, watch.aside.end, &reasons))
            break;
        take(&watch, &reasons);
    }
    watch_clear(&watch);
    return 0;
}
