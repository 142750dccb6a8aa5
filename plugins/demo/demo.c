/* usageline-provider-demo: a plan that nobody has, to set up a bar or to write a test without an
 * account or a network. Its numbers depend only on the time. */
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/support/provider_main.h"

#include <math.h>
#include <string.h>

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define WEEK   (7 * DAY)

#define SESSION_LENGTH (5 * HOUR)
#define FIRST_MONDAY   (4 * DAY) /* 1970-01-05 in seconds since 1970 */

#define STALE_AGE   (3 * HOUR)
#define RETRY_AFTER 120 /* seconds */
#define CODE_PART   0.7 /* of the month's usage */

/* Used percent of a window at its start and at its end. */
struct demo_climb {
    double from, to;
};

static const struct demo_picture {
    const char *state;
    struct demo_climb session, weekly, monthly;
    gint64 age; /* of the snapshot, in seconds */
} demo_pictures[] = {
    {"ok", {2, 64}, {5, 62}, {4, 58}, 0},
    {"warning", {71, 88}, {30, 69}, {20, 66}, 0},
    {"critical", {90.5, 99}, {40, 85}, {25, 80}, 0},
    {"exhausted", {100, 100}, {60, 97}, {45, 92}, 0},
    {"stale", {2, 64}, {5, 62}, {4, 58}, STALE_AGE},
};

/* The states above, then the kinds of errors. */
static const char *const demo_states[] = {
    "ok",   "warning", "critical",     "exhausted", "stale",   "auth",     "config",
    "plan", "network", "rate-limited", "server",    "payload", "internal", NULL,
};

static const struct demo_picture *demo_find_picture(const char *state)
{
    for (gsize i = 0; i < G_N_ELEMENTS(demo_pictures); i++) {
        if (strcmp(demo_pictures[i].state, state) == 0)
            return &demo_pictures[i];
    }
    return NULL;
}

/* Adds a window; `start` and `end` are in seconds since 1970. */
static struct window *demo_add_window(struct snapshot *snapshot, const char *id, const char *label,
                                      gint64 start, gint64 end, double limit,
                                      const struct demo_climb *climb)
{
    struct window *window = snapshot_add_window(snapshot, id, label);
    double elapsed = (double)(snapshot->fetched_at - start) / (double)(end - start);
    double percent = climb->from + (climb->to - climb->from) * elapsed;

    window->limit = limit;
    window->used = round(limit * percent / 100);
    window->used_percent = window->used / limit * 100;
    window->unit = g_strdup("requests");
    window->resets_at = end;
    window->minutes = (end - start) / MINUTE;
    return window;
}

static void demo_add_month(struct snapshot *snapshot, const struct demo_climb *climb)
{
    g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc(snapshot->fetched_at);
    g_autoptr(GDateTime) start =
        g_date_time_new_utc(g_date_time_get_year(now), g_date_time_get_month(now), 1, 0, 0, 0);
    g_autoptr(GDateTime) end = g_date_time_add_months(start, 1);

    struct window *window =
        demo_add_window(snapshot, WINDOW_MONTHLY, _("Monthly"), g_date_time_to_unix(start),
                        g_date_time_to_unix(end), 8192, climb);
    window_add_share(window, "code", _("Code"), CODE_PART * window->used_percent);
}

static struct snapshot *demo_make_snapshot(const struct provider *provider,
                                           const struct demo_picture *picture, gint64 now)
{
    struct snapshot *snapshot = snapshot_new(provider->id, provider->name);
    gint64 then = now - picture->age;
    gint64 session_start = then - then % SESSION_LENGTH;
    gint64 week_start = then - (then - FIRST_MONDAY) % WEEK;

    snapshot->source = g_strdup("demo");
    snapshot->source_label = g_strdup(_("demo"));
    snapshot->plan = g_strdup("Demo");
    snapshot->fetched_at = then;
    demo_add_window(snapshot, WINDOW_WEEKLY, _("Weekly"), week_start, week_start + WEEK, 2048,
                    &picture->weekly);
    demo_add_window(snapshot, WINDOW_SESSION, _("5-hour"), session_start,
                    session_start + SESSION_LENGTH, 200, &picture->session);
    demo_add_month(snapshot, &picture->monthly);
    return snapshot;
}

static void demo_set_error(const char *state, struct answer *answer)
{
    enum usage_error kind = USAGE_ERROR_INTERNAL;

    usage_error_from_name(state, &kind);
    answer->error =
        g_error_new(USAGE_ERROR, (int)kind,
                    _("this is what an error of kind \"%s\" looks like; the state \"ok\" of "
                      "provider \"demo\" ends it"),
                    state);
    if (kind == USAGE_ERROR_RATE_LIMITED)
        answer->retry_after = RETRY_AFTER;
}

static void demo_fetch(const struct provider_call *call, struct answer *answer)
{
    const struct demo_picture *picture;
    const char *state;

    if (!provider_setting(call, "state", &state, &answer->error))
        return;
    picture = demo_find_picture(state);
    if (picture)
        answer->snapshot = demo_make_snapshot(call->provider, picture, call->now);
    else
        demo_set_error(state, answer);
}

static void demo_diagnose(const struct provider_call *call, struct json_writer *writer)
{
    g_autoptr(GError) error = NULL;
    const char *state = NULL;

    provider_setting(call, "state", &state, &error);
    json_open_object(writer, NULL);
    json_put_string(writer, "source", "demo");
    json_put_string(writer, "label", _("Demo"));
    json_put_boolean(writer, "present", TRUE);
    json_put_boolean(writer, "used", !error);
    json_put_string(writer, "why", error ? error->message : _("needs no credential"));
    json_close_object(writer);
}

static const struct provider_setting demo_settings[] = {
    {"state", N_("What to show: a state of the line, or an error by its kind"), demo_states, true,
     false},
    {0},
};

static const struct provider_variable demo_variables[] = {{0}};

static const struct provider demo = {
    .id = "demo",
    .name = "Demo",
    .about = N_("Prints the usage of a plan that nobody has, as JSON, to try out a bar."),
    .settings = demo_settings,
    .variables = demo_variables,
    .fetch = demo_fetch,
    .diagnose = demo_diagnose,
};

int main(int argc, char **argv)
{
    return provider_main(&demo, argc, argv);
}
