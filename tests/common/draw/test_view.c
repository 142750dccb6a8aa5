#include "common/draw/view.h"
#include "tests/common/fixtures.h"

#include <math.h>

static enum view_state find_state(struct stored stored)
{
    autoptr(view) view = fixture_view(&stored);
    enum view_state state = view->state;

    stored_clear(&stored);
    return state;
}

static struct snapshot *snapshot_aged(gint64 age)
{
    struct snapshot *snapshot = fixture_snapshot();

    snapshot->fetched_at = FIXTURE_NOW - age;
    return snapshot;
}

static void test_states(void)
{
    g_assert_cmpint(find_state(fixture_stored(snapshot_aged(300), 0, NULL)), ==, VIEW_FRESH);
    g_assert_cmpint(find_state(fixture_stored(snapshot_aged(301), 0, NULL)), ==, VIEW_STALE);
    g_assert_cmpint(find_state(fixture_stored(snapshot_aged(-3600), 0, NULL)), ==, VIEW_STALE);
    g_assert_cmpint(find_state(fixture_stored(snapshot_aged(0), USAGE_ERROR_SERVER, "x")), ==,
                    VIEW_STALE);
    g_assert_cmpint(find_state(fixture_stored(NULL, USAGE_ERROR_SERVER, "x")), ==, VIEW_ERROR);
    g_assert_cmpint(find_state(fixture_stored(NULL, 0, NULL)), ==, VIEW_LOADING);
    g_assert_cmpint(find_state((struct stored){0}), ==, VIEW_LOADING);
}

static void test_the_state_has_a_name(void)
{
    g_assert_cmpstr(view_state_name(VIEW_FRESH), ==, "fresh");
    g_assert_cmpstr(view_state_name(VIEW_LOADING), ==, "loading");
}

static void test_the_worst_window_is_the_top(void)
{
    autoclear(stored) stored = fixture_stored(fixture_snapshot_with(95), 0, NULL);
    struct window *weekly = stored.snapshot->windows->pdata[0];
    autoptr(view) session = fixture_view(&stored);

    g_assert_cmpstr(session->top->id, ==, WINDOW_SESSION);
    g_assert_cmpint(session->severity, ==, SEVERITY_CRITICAL);
    weekly->used_percent = 100;
    autoptr(view) week = fixture_view(&stored);
    g_assert_cmpstr(week->top->id, ==, WINDOW_WEEKLY);
    g_assert_cmpint(week->severity, ==, SEVERITY_EXHAUSTED);
}

static void test_of_two_alike_the_later_reset_is_worse(void)
{
    autoclear(stored) stored = fixture_stored(fixture_snapshot_with(100), 0, NULL);
    struct window *weekly = stored.snapshot->windows->pdata[0];
    struct window *session = stored.snapshot->windows->pdata[1];

    weekly->used_percent = 100;
    autoptr(view) week = fixture_view(&stored);
    g_assert_cmpstr(week->top->id, ==, WINDOW_WEEKLY);
    session->resets_at = weekly->resets_at + 1;
    autoptr(view) five_hours = fixture_view(&stored);
    g_assert_cmpstr(five_hours->top->id, ==, WINDOW_SESSION);
}

static void test_what_is_not_known_is_never_the_top(void)
{
    autoclear(stored) stored = fixture_stored(fixture_snapshot_with(NAN), 0, NULL);
    struct window *weekly = stored.snapshot->windows->pdata[0];

    weekly->used_percent = 0;
    autoptr(view) one = fixture_view(&stored);
    g_assert_cmpstr(one->top->id, ==, WINDOW_WEEKLY);
    weekly->used_percent = NAN;
    autoptr(view) none = fixture_view(&stored);
    g_assert_null(none->top);
    g_assert_cmpint(none->severity, ==, SEVERITY_UNKNOWN);
}

static void test_a_period_that_is_over_is_not_shown(void)
{
    autoclear(stored) stored = fixture_stored(fixture_snapshot_with(100), 0, NULL);
    struct window *session = stored.snapshot->windows->pdata[1];

    session->resets_at = FIXTURE_NOW - 1;
    autoptr(view) view = fixture_view(&stored);
    g_assert_true(isnan(view_used_percent(view, session)));
    g_assert_cmpint(view_severity(view, session), ==, SEVERITY_UNKNOWN);
    g_assert_cmpstr(view->top->id, ==, WINDOW_WEEKLY);
    g_assert_cmpint(view->severity, ==, SEVERITY_OK);
    g_assert_cmpint(view->state, ==, VIEW_STALE);
}

static void test_whole_percent(void)
{
    static const struct {
        double percent, whole;
        const char *text;
    } cases[] = {
        {0, 0, "0"},         {0.4, 0, "0"},       {0.5, 1, "1"},        {10.449, 10, "10"},
        {69.5, 70, "70"},    {99.4, 99, "99"},    {99.999, 99, "99"},   {100, 100, "100"},
        {100.4, 100, "100"}, {170.5, 171, "171"}, {1e5, 1e5, "100000"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = percent_format(cases[i].percent);

        g_assert_cmpfloat(percent_round(cases[i].percent), ==, cases[i].whole);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
    g_autofree char *unknown = percent_format(NAN);
    g_assert_true(isnan(percent_round(NAN)));
    g_assert_cmpstr(unknown, ==, "–");
}

static void test_severity_is_that_of_the_number_shown(void)
{
    autoclear(stored) stored = fixture_stored(fixture_snapshot_with(69.5), 0, NULL);
    autoptr(view) view = fixture_view(&stored);
    struct window *session = stored.snapshot->windows->pdata[1];

    g_assert_cmpint(view_severity(view, session), ==, SEVERITY_WARNING);
    session->used_percent = 99.7;
    g_assert_cmpint(view_severity(view, session), ==, SEVERITY_CRITICAL);
}

static void test_old_good_news_is_not_good(void)
{
    autoclear(stored) fresh = fixture_stored(fixture_snapshot(), 0, NULL);
    autoclear(stored) stale = fixture_stored(fixture_snapshot(), USAGE_ERROR_NETWORK, "x");
    autoptr(view) now = fixture_view(&fresh);
    autoptr(view) then = fixture_view(&stale);

    g_assert_cmpint(view_role(now, fresh.snapshot->windows->pdata[0]), ==, ROLE_OK);
    g_assert_cmpint(view_role(then, stale.snapshot->windows->pdata[0]), ==, ROLE_STALE);
    g_assert_cmpint(view_role(then, stale.snapshot->windows->pdata[1]), ==, ROLE_WARNING);
}

static void test_the_icon_is_a_word_unless_set(void)
{
    autoclear(stored) stored = {0};
    const struct view_settings settings = {.interval = 300, .icon = ""};
    autoptr(view) word = fixture_view(&stored);
    autoptr(view) none = view_new("kimi", &stored, &settings, FIXTURE_NOW);

    g_assert_cmpstr(word->icon, ==, "Kimi");
    g_assert_cmpstr(none->icon, ==, "");
}

static void test_a_hint_for_each_kind(void)
{
    static const char *const hints[] = {"sign in",      "check config", "no plan",    "offline",
                                        "rate limited", "server error", "bad answer", "failed"};

    for (int kind = USAGE_ERROR_AUTH; kind <= USAGE_ERROR_INTERNAL; kind++)
        g_assert_cmpstr(view_error_hint((enum usage_error)kind), ==, hints[kind]);
}

static void test_what_is_said_and_what_is_left(void)
{
    const struct view_settings settings = {.interval = 300, .remaining = true};
    autoclear(stored) stored = fixture_stored(fixture_snapshot_with(99.6), 0, NULL);
    autoptr(view) used = fixture_view(&stored);
    autoptr(view) left = view_new("kimi", &stored, &settings, FIXTURE_NOW);
    struct window *session = stored.snapshot->windows->pdata[1];

    g_assert_cmpfloat(view_shown_percent(used, session), ==, 99.6);
    g_assert_cmpfloat(view_shown_percent(left, session), ==, 1); /* 99 % are shown as used */
    g_assert_cmpfloat(view_left_percent(used, session), ==, 1);
    session->used_percent = 170;
    g_assert_cmpfloat(view_left_percent(left, session), ==, 0);
    session->used_percent = NAN;
    g_assert_true(isnan(view_left_percent(left, session)));
}

static void test_a_chosen_window_is_the_top(void)
{
    struct view_settings settings = {
        .thresholds = THRESHOLDS_DEFAULT, .interval = 300, .window = WINDOW_WEEKLY};
    autoclear(stored) stored = fixture_stored(fixture_snapshot_with(95), 0, NULL);
    autoptr(view) chosen = view_new("kimi", &stored, &settings, FIXTURE_NOW);

    g_assert_true(chosen->is_chosen);
    g_assert_cmpstr(chosen->top->id, ==, WINDOW_WEEKLY);
    g_assert_cmpint(chosen->severity, ==, SEVERITY_OK);
    settings.window = WINDOW_MONTHLY;
    autoptr(view) absent = view_new("kimi", &stored, &settings, FIXTURE_NOW);
    g_assert_false(absent->is_chosen);
    g_assert_cmpstr(absent->top->id, ==, WINDOW_SESSION);
}

static void test_texts_record_how_long_they_are_right(void)
{
    autoclear(stored) stored = fixture_stored(fixture_snapshot(), 0, NULL);
    autoptr(view) view = fixture_view(&stored);
    autoptr(canvas) canvas = canvas_new();

    g_autofree char *past = view_countdown(view, FIXTURE_NOW - 5, true, canvas);
    g_assert_cmpstr(past, ==, "now");
    g_assert_cmpint(canvas->changes_at, ==, 0);
    g_autofree char *clock = view_clock(view, FIXTURE_NOW, canvas);
    g_assert_cmpint(canvas->changes_at, ==, FIXTURE_NOW - FIXTURE_NOW % 86400 + 86400);
    g_autofree char *ago = view_ago(view, FIXTURE_NOW - 119, canvas);
    g_assert_cmpint(canvas->changes_at, ==, FIXTURE_NOW + 1);
}

static void test_the_end_of_windows_and_of_freshness_is_noted(void)
{
    struct snapshot *snapshot = fixture_one_window(WINDOW_SESSION, 50, FIXTURE_NOW + 900);
    autoclear(stored) stored = fixture_stored(snapshot, 0, NULL);
    autoptr(view) fresh = fixture_view(&stored);
    autoptr(canvas) fresh_canvas = canvas_new();
    autoptr(canvas) stale_canvas = canvas_new();

    view_note_end(fresh, fresh_canvas);
    g_assert_cmpint(fresh_canvas->changes_at, ==, FIXTURE_NOW + FIXTURE_INTERVAL + 1);
    snapshot->fetched_at = FIXTURE_NOW - 400;
    autoptr(view) stale = fixture_view(&stored);
    view_note_end(stale, stale_canvas);
    g_assert_cmpint(stale_canvas->changes_at, ==, FIXTURE_NOW + 900);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/view/states", test_states);
    g_test_add_func("/view/the-state-has-a-name", test_the_state_has_a_name);
    g_test_add_func("/view/the-worst-window-is-the-top", test_the_worst_window_is_the_top);
    g_test_add_func("/view/of-two-alike-the-later-reset-is-worse",
                    test_of_two_alike_the_later_reset_is_worse);
    g_test_add_func("/view/what-is-not-known-is-never-the-top",
                    test_what_is_not_known_is_never_the_top);
    g_test_add_func("/view/a-period-that-is-over-is-not-shown",
                    test_a_period_that_is_over_is_not_shown);
    g_test_add_func("/view/whole-percent", test_whole_percent);
    g_test_add_func("/view/severity-is-that-of-the-number-shown",
                    test_severity_is_that_of_the_number_shown);
    g_test_add_func("/view/old-good-news-is-not-good", test_old_good_news_is_not_good);
    g_test_add_func("/view/the-icon-is-a-word-unless-set", test_the_icon_is_a_word_unless_set);
    g_test_add_func("/view/a-hint-for-each-kind", test_a_hint_for_each_kind);
    g_test_add_func("/view/what-is-said-and-what-is-left", test_what_is_said_and_what_is_left);
    g_test_add_func("/view/a-chosen-window-is-the-top", test_a_chosen_window_is_the_top);
    g_test_add_func("/view/texts-record-how-long-they-are-right",
                    test_texts_record_how_long_they_are_right);
    g_test_add_func("/view/the-end-of-windows-and-of-freshness-is-noted",
                    test_the_end_of_windows_and_of_freshness_is_noted);
    return g_test_run();
}
