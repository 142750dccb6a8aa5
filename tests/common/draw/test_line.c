#include "common/draw/markup.h"
#include "tests/common/fixtures.h"

#include <math.h>

static char *render_plain(const struct canvas *canvas)
{
    return markup_render(canvas, &markup_plain, NULL);
}

/* Takes ownership of the line. */
static void assert_draws(struct line *line, const char *text, const char *short_text)
{
    g_autofree char *drawn = render_plain(line->text);
    g_autofree char *drawn_short = render_plain(line->short_text);

    g_assert_cmpstr(drawn, ==, text);
    g_assert_cmpstr(drawn_short, ==, short_text);
    line_free(line);
}

static struct line *draw_fresh(struct snapshot *snapshot)
{
    return fixture_old_line(snapshot, 0, 0, NULL);
}

/* Adds a window without a known reset. */
static struct snapshot *snapshot_with_window(struct snapshot *snapshot, const char *id,
                                             const char *label, double percent)
{
    snapshot_add_window(snapshot, id, label)->used_percent = percent;
    return snapshot;
}

static void test_the_default_text(void)
{
    assert_draws(draw_fresh(fixture_snapshot()), "Kimi 10% · 5h 70% · 2h 14m", "Kimi 70%");
}

static void test_what_a_plan_lacks_is_left_out(void)
{
    assert_draws(draw_fresh(fixture_one_window(WINDOW_WEEKLY, 10, 0)), "Kimi 10%", "Kimi 10%");
    assert_draws(draw_fresh(fixture_one_window(WINDOW_SESSION, 10, FIXTURE_NOW + 30)),
                 "Kimi 5h 10% · <1m", "Kimi 10%");
    assert_draws(draw_fresh(fixture_one_window(WINDOW_MONTHLY, 10, 0)), "Kimi month 10%",
                 "Kimi 10%");
    assert_draws(draw_fresh(fixture_one_window("window_2h", 10, 0)), "Kimi window_2h 10%",
                 "Kimi 10%");
}

static void test_a_third_window_is_shown_if_it_is_the_worst(void)
{
    assert_draws(
        draw_fresh(snapshot_with_window(fixture_snapshot(), WINDOW_MONTHLY, "Monthly", 69)),
        "Kimi 10% · 5h 70% · 2h 14m", "Kimi 70%");
    assert_draws(
        draw_fresh(snapshot_with_window(fixture_snapshot(), WINDOW_MONTHLY, "Monthly", 99)),
        "Kimi 10% · 5h 70% · month 99%", "Kimi 99%");
    /* The default line has no short name for it. */
    assert_draws(draw_fresh(snapshot_with_window(fixture_snapshot(), "monthly_code", "Code", 100)),
                 "Kimi 10% · 5h 70% · Code 100%", "Kimi 100%");
    assert_draws(draw_fresh(snapshot_with_window(fixture_snapshot(), "window_2h", "2-hour", 100)),
                 "Kimi 10% · 5h 70% · 2-hour 100%", "Kimi 100%");
}

static void test_a_share_is_never_judged(void)
{
    struct snapshot *snapshot =
        snapshot_with_window(fixture_snapshot(), WINDOW_MONTHLY, "Monthly", 20);

    window_add_share(snapshot->windows->pdata[2], "code", "Code", 100);
    assert_draws(draw_fresh(snapshot), "Kimi 10% · 5h 70% · 2h 14m", "Kimi 70%");
}

static struct line *draw_renewed(struct snapshot *snapshot)
{
    struct stored stored = fixture_stored(snapshot, USAGE_ERROR_AUTH, "run kimi");

    stored.attempt.expired_at = FIXTURE_NOW - 90;
    return fixture_line(stored, NULL, (struct line_formats){0});
}

static void test_a_credential_that_is_renewed_is_no_alarm(void)
{
    autoptr(line) without = draw_renewed(NULL);
    autoptr(line) with = draw_renewed(fixture_snapshot_with(1));

    g_assert_true(!view_alarm(without->view) && !view_alarm(with->view));
    g_assert_cmpint(line_role(without), ==, ROLE_DIM);
    g_assert_cmpint(line_role(with), ==, ROLE_STALE);
    assert_draws(draw_renewed(NULL), "Kimi –", "Kimi –");
    assert_draws(draw_renewed(fixture_snapshot()), "Kimi 10% · 5h 70% · 2h 14m", "Kimi 70%");
}

static void test_without_a_weekly_window_the_month_is_shown(void)
{
    struct snapshot *snapshot = fixture_one_window(WINDOW_SESSION, 50, 0);

    assert_draws(draw_fresh(snapshot_with_window(snapshot, WINDOW_MONTHLY, "Monthly", 20)),
                 "Kimi 5h 50% · month 20%", "Kimi 50%");
}

static void test_what_is_not_known_is_a_dash(void)
{
    assert_draws(draw_fresh(fixture_snapshot_with(NAN)), "Kimi 10% · 5h – · 3d 4h", "Kimi 10%");
    assert_draws(draw_fresh(fixture_one_window(WINDOW_WEEKLY, NAN, FIXTURE_NOW + 60)), "Kimi –",
                 "Kimi –");
}

static void test_a_period_that_is_over_is_a_dash(void)
{
    struct snapshot *snapshot = fixture_snapshot_with(100);
    struct window *session = snapshot->windows->pdata[1];

    session->resets_at = FIXTURE_NOW - 1;
    assert_draws(fixture_old_line(snapshot, 100, 0, NULL), "Kimi 10% · 5h – · 3d 4h", "Kimi 10%");
}

static void test_without_a_snapshot(void)
{
    assert_draws(fixture_old_line(NULL, 0, 0, NULL), "Kimi …", "Kimi …");
    assert_draws(fixture_old_line(NULL, 0, USAGE_ERROR_AUTH, "x"), "Kimi ! sign in", "Kimi !");
    assert_draws(fixture_old_line(NULL, 0, USAGE_ERROR_NETWORK, "x"), "Kimi ! offline", "Kimi !");
}

static void test_an_icon_may_be_empty(void)
{
    const struct view_settings settings = {.interval = 300, .icon = ""};
    struct stored good = fixture_stored(fixture_snapshot(), 0, NULL);
    struct stored bad = fixture_stored(NULL, USAGE_ERROR_AUTH, "x");

    assert_draws(fixture_line(good, &settings, (struct line_formats){0}), "10% · 5h 70% · 2h 14m",
                 "70%");
    assert_draws(fixture_line(bad, &settings, (struct line_formats){0}), "! sign in", "!");
}

static void test_formats(void)
{
    autoptr(line) line =
        fixture_line(fixture_stored(fixture_snapshot(), 0, NULL), NULL,
                     (struct line_formats){.text = fixture_template("{top_pct}\\n{plan}"),
                                           .tooltip = fixture_template("{plan}\\nx")});
    g_autofree char *text = render_plain(line->text);
    g_autofree char *tooltip = render_plain(line->tooltip);

    g_assert_cmpstr(text, ==, "70 Allegretto"); /* a line has no line breaks */
    g_assert_cmpstr(tooltip, ==, "Allegretto\nx");
}

static void test_an_error_is_drawn_without_formats(void)
{
    autoptr(line) line = fixture_line(
        fixture_stored(NULL, USAGE_ERROR_CONFIG, "an unknown placeholder {nothing}"), NULL,
        (struct line_formats){.text = fixture_template("a"), .tooltip = fixture_template("b")});
    g_autofree char *text = render_plain(line->text);
    g_autofree char *tooltip = render_plain(line->tooltip);

    g_assert_cmpstr(text, ==, "Kimi ! check config");
    assert_contains(tooltip, "unknown placeholder {nothing}");
    g_assert_cmpint(line->view->state, ==, VIEW_ERROR);
    g_assert_cmpint(usage_error_kind(view_alarm(line->view)), ==, USAGE_ERROR_CONFIG);
}

static void test_the_percentage_is_the_one_shown(void)
{
    autoptr(line) almost = draw_fresh(fixture_snapshot_with(99.6));
    autoptr(line) unknown = draw_fresh(fixture_one_window(WINDOW_WEEKLY, NAN, 0));

    g_assert_cmpfloat(view_top_percent(almost->view), ==, 99);
    g_assert_true(isnan(view_top_percent(unknown->view)));
}

static enum role find_role(struct line *line)
{
    enum role role = line_role(line);

    line_free(line);
    return role;
}

static void test_the_role_of_the_line(void)
{
    g_assert_cmpint(find_role(draw_fresh(fixture_snapshot_with(5))), ==, ROLE_OK);
    g_assert_cmpint(find_role(draw_fresh(fixture_snapshot_with(95))), ==, ROLE_CRITICAL);
    g_assert_cmpint(find_role(fixture_old_line(fixture_snapshot_with(5), 900, 0, NULL)), ==,
                    ROLE_STALE);
    g_assert_cmpint(find_role(fixture_old_line(fixture_snapshot_with(95), 900, 0, NULL)), ==,
                    ROLE_CRITICAL);
    g_assert_cmpint(find_role(fixture_old_line(NULL, 0, USAGE_ERROR_SERVER, "x")), ==, ROLE_ERROR);
    g_assert_cmpint(find_role(fixture_old_line(NULL, 0, 0, NULL)), ==, ROLE_DIM);
}

/* Draws the usual snapshot at FIXTURE_NOW. */
static struct line *draw_with(struct view_settings settings, struct line_formats formats)
{
    settings.thresholds = THRESHOLDS_DEFAULT;
    settings.interval = FIXTURE_INTERVAL;
    return fixture_line(fixture_stored(fixture_snapshot(), 0, NULL), &settings, formats);
}

static void test_what_is_left(void)
{
    autoptr(line) line =
        draw_with((struct view_settings){.remaining = true},
                  (struct line_formats){.tooltip = fixture_template("{session_pct}")});
    g_autofree char *tooltip = render_plain(line->tooltip);

    g_assert_cmpstr(tooltip, ==, "30");
    g_assert_cmpfloat(view_top_percent(line->view), ==, 30);
    g_assert_cmpint(line->view->severity, ==, SEVERITY_WARNING); /* of what is used */
    assert_draws(g_steal_pointer(&line), "Kimi 90% · 5h 30% left · 2h 14m", "Kimi 30% left");
}

static void test_left_stands_behind_the_last_known_percentage(void)
{
    const struct view_settings settings = {.remaining = true, .interval = 300};
    struct stored stored = fixture_stored(fixture_snapshot_with(NAN), 0, NULL);

    assert_draws(fixture_line(stored, &settings, (struct line_formats){0}),
                 "Kimi 90% left · 5h – · 3d 4h", "Kimi 90% left");
}

static void test_a_chosen_window(void)
{
    const struct view_settings weekly = {.window = WINDOW_WEEKLY};
    autoptr(line) line =
        draw_with(weekly, (struct line_formats){.text = fixture_template("{icon}")});

    g_assert_true(line->view->is_chosen);
    g_assert_cmpfloat(view_top_percent(line->view), ==, 10);
    g_assert_cmpint(line->view->severity, ==, SEVERITY_OK);
    assert_draws(g_steal_pointer(&line), "Kimi Weekly 10% · 3d 4h", "Kimi 10%");
    assert_draws(draw_with(weekly, (struct line_formats){.window = fixture_template(
                                                             "{top_label} {top_pct}")}),
                 "Weekly 10", "Kimi 10%");
    assert_draws(draw_with((struct view_settings){.window = WINDOW_SESSION, .remaining = true},
                           (struct line_formats){0}),
                 "Kimi 5-hour 30% left · 2h 14m", "Kimi 30% left");
    line = draw_with((struct view_settings){.window = "window_2h"}, (struct line_formats){0});
    g_assert_false(line->view->is_chosen);
    assert_draws(g_steal_pointer(&line), "Kimi 10% · 5h 70% · 2h 14m", "Kimi 70%");
}

static void test_a_short_format(void)
{
    assert_draws(draw_with((struct view_settings){0},
                           (struct line_formats){.text = fixture_template("a"),
                                                 .short_text = fixture_template("{top_pct}\\n!")}),
                 "a", "70 !");
}

static void test_a_refresh_that_is_under_way(void)
{
    const struct view_settings settings = {.is_refreshing = true};
    const struct view_settings chosen = {.is_refreshing = true, .window = WINDOW_WEEKLY};
    autoptr(line) line = draw_with(settings, (struct line_formats){0});
    guint last = line->text->spans->len - 1;
    g_autofree char *mark = fixture_span_text(line->text, last);

    g_assert_true(line->view->settings.is_refreshing);
    g_assert_cmpint(g_array_index(line->text->spans, struct span, last).role, ==, ROLE_DIM);
    g_assert_cmpstr(mark, ==, " ↻");
    assert_draws(g_steal_pointer(&line), "Kimi 10% · 5h 70% · 2h 14m ↻", "Kimi 70%");
    assert_draws(draw_with(settings, (struct line_formats){.text = fixture_template("{top_pct}")}),
                 "70 ↻", "Kimi 70%");
    assert_draws(draw_with(settings, (struct line_formats){.text = fixture_template(
                                                               "{top_pct}{?refreshing *}")}),
                 "70*", "Kimi 70%");
    assert_draws(
        draw_with(chosen, (struct line_formats){.text = fixture_template("{?refreshing *}")}),
        "Kimi Weekly 10% · 3d 4h ↻", "Kimi 10%");
}

static void assert_changes(struct line_formats formats, gint64 text, gint64 tooltip)
{
    autoptr(line) line = draw_with((struct view_settings){0}, formats);

    g_assert_cmpint(line_text_changes_at(line) - FIXTURE_NOW, ==, text);
    g_assert_cmpint(line->tooltip->changes_at - FIXTURE_NOW, ==, tooltip);
}

static void test_without_a_tooltip_only_the_text_changes(void)
{
    autoptr(line) line = draw_with((struct view_settings){.tooltip = TOOLTIP_NONE},
                                   (struct line_formats){.text = fixture_template("x")});

    g_assert_cmpint(line_text_changes_at(line) - FIXTURE_NOW, ==, FIXTURE_INTERVAL - 120 + 1);
    g_assert_cmpint(line->tooltip->changes_at, ==, 0);
    g_assert_cmpuint(line->tooltip->spans->len, ==, 0);
}

static void test_when_a_line_changes(void)
{
    const gint64 stale = FIXTURE_INTERVAL - 120 + 1;

    /* 2h 14m 14s until the reset; the numbers are two minutes old, to the second. */
    assert_changes((struct line_formats){.tooltip = fixture_template("x")}, 15, stale);
    assert_changes((struct line_formats){.text = fixture_template("x"),
                                         .short_text = fixture_template("{age}")},
                   60, 15);
    assert_changes((struct line_formats){.text = fixture_template("{?stale {age}|x}"),
                                         .tooltip = fixture_template("{weekly_bar}")},
                   stale, stale);
    assert_changes((struct line_formats){.text = fixture_template("x"),
                                         .tooltip = fixture_template("{session_reset:s}")},
                   stale, 15);
    assert_changes((struct line_formats){.text = fixture_template("{?session_runs_out x}"),
                                         .tooltip = fixture_template("x")},
                   stale, stale);
}

static void test_the_last_minute_changes_each_second(void)
{
    struct snapshot *snapshot = fixture_one_window(WINDOW_SESSION, 50, FIXTURE_NOW + 42);
    autoptr(line) line =
        fixture_line(fixture_stored(snapshot, 0, NULL), NULL,
                     (struct line_formats){.text = fixture_template("{top_reset:s}"),
                                           .tooltip = fixture_template("{top_reset}")});

    g_assert_cmpint(line_text_changes_at(line), ==, FIXTURE_NOW + 1);
    g_assert_cmpint(line->tooltip->changes_at, ==, FIXTURE_NOW + 42);
    assert_draws(g_steal_pointer(&line), "42s", "Kimi 50%");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/line/the-default-text", test_the_default_text);
    g_test_add_func("/line/what-a-plan-lacks-is-left-out", test_what_a_plan_lacks_is_left_out);
    g_test_add_func("/line/a-third-window-is-shown-if-it-is-the-worst",
                    test_a_third_window_is_shown_if_it_is_the_worst);
    g_test_add_func("/line/a-share-is-never-judged", test_a_share_is_never_judged);
    g_test_add_func("/line/a-credential-that-is-renewed-is-no-alarm",
                    test_a_credential_that_is_renewed_is_no_alarm);
    g_test_add_func("/line/without-a-weekly-window-the-month-is-shown",
                    test_without_a_weekly_window_the_month_is_shown);
    g_test_add_func("/line/what-is-not-known-is-a-dash", test_what_is_not_known_is_a_dash);
    g_test_add_func("/line/a-period-that-is-over-is-a-dash", test_a_period_that_is_over_is_a_dash);
    g_test_add_func("/line/without-a-snapshot", test_without_a_snapshot);
    g_test_add_func("/line/an-icon-may-be-empty", test_an_icon_may_be_empty);
    g_test_add_func("/line/formats", test_formats);
    g_test_add_func("/line/an-error-is-drawn-without-formats",
                    test_an_error_is_drawn_without_formats);
    g_test_add_func("/line/the-percentage-is-the-one-shown", test_the_percentage_is_the_one_shown);
    g_test_add_func("/line/the-role-of-the-line", test_the_role_of_the_line);
    g_test_add_func("/line/what-is-left", test_what_is_left);
    g_test_add_func("/line/left-stands-behind-the-last-known-percentage",
                    test_left_stands_behind_the_last_known_percentage);
    g_test_add_func("/line/a-chosen-window", test_a_chosen_window);
    g_test_add_func("/line/a-short-format", test_a_short_format);
    g_test_add_func("/line/a-refresh-that-is-under-way", test_a_refresh_that_is_under_way);
    g_test_add_func("/line/when-a-line-changes", test_when_a_line_changes);
    g_test_add_func("/line/without-a-tooltip-only-the-text-changes",
                    test_without_a_tooltip_only_the_text_changes);
    g_test_add_func("/line/the-last-minute-changes-each-second",
                    test_the_last_minute_changes_each_second);
    return g_test_run();
}
