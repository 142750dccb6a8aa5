#include "common/usage/pace.h"
#include "tests/common/fixtures.h"

#include <math.h>

#define HOURS 3600

/* A window of ten hours, `elapsed` seconds after its beginning. */
static struct snapshot *take_snapshot_after(gint64 elapsed, double used)
{
    struct snapshot *snapshot =
        fixture_one_window(WINDOW_SESSION, used, FIXTURE_NOW + (gint64)10 * HOURS - elapsed);
    struct window *window = snapshot->windows->pdata[0];

    window->minutes = 600;
    return snapshot;
}

static bool find_pace(struct snapshot *snapshot, struct pace *pace)
{
    bool is_known = pace_calculate(snapshot->windows->pdata[0], snapshot, FIXTURE_NOW, pace);

    snapshot_free(snapshot);
    return is_known;
}

static void assert_summary(gint64 elapsed, double used, bool remaining, const char *countdown,
                           const char *expected)
{
    struct pace pace;

    g_assert_true(find_pace(take_snapshot_after(elapsed, used), &pace));
    /* After that time there is nothing to count down to. */
    gint64 now = countdown ? FIXTURE_NOW : G_MAXINT64;
    g_autofree char *summary = pace_summary(&pace, remaining, now, countdown);
    g_assert_cmpstr(summary, ==, expected);
}

static void test_in_deficit(void)
{
    struct pace pace;

    g_assert_true(find_pace(take_snapshot_after(2 * HOURS, 40), &pace));
    g_assert_cmpfloat(pace.expected, ==, 20);
    g_assert_cmpfloat(pace.delta, ==, 20);
    /* 20 % an hour: 60 % are good for three. */
    g_assert_cmpint(pace.runs_out, ==, FIXTURE_NOW + 3 * HOURS);
    g_assert_cmpint(pace_points(&pace), ==, 20);
    g_assert_false(pace.is_exhausted);
}

static void test_in_reserve(void)
{
    struct pace pace;

    g_assert_true(find_pace(take_snapshot_after(5 * HOURS, 44), &pace));
    g_assert_cmpint(pace_points(&pace), ==, -6);
    g_assert_cmpint(pace.runs_out, ==, 0);
}

/* Early in a window, one point too much would project an end hours before the reset: noise. */
static void test_on_pace_lasts(void)
{
    struct pace pace;

    g_assert_true(find_pace(take_snapshot_after(HOURS, 12), &pace));
    g_assert_cmpint(pace_points(&pace), ==, 0);
    g_assert_cmpint(pace.runs_out, ==, 0);
}

static void test_words(void)
{
    assert_summary(2 * HOURS, 32, false, "2h 30m",
                   "12% in deficit | Expected 20% used | Projected empty in 2h 30m");
    assert_summary(2 * HOURS, 32, false, NULL,
                   "12% in deficit | Expected 20% used | Projected empty now");
    assert_summary(47 * HOURS / 10, 41, false, NULL,
                   "6% in reserve | Expected 47% used | Lasts until reset");
    assert_summary(47 * HOURS / 10, 41, true, NULL,
                   "6% in reserve | Expected 53% left | Lasts until reset");
    assert_summary(13 * HOURS / 10, 12, false, NULL,
                   "On pace | Expected 13% used | Lasts until reset");
    assert_summary(2 * HOURS, 0, false, NULL,
                   "20% in reserve | Expected 20% used | Lasts until reset");
    assert_summary(2 * HOURS, 100, false, NULL, "80% in deficit | Expected 20% used");
}

static void test_stages(void)
{
    static const struct {
        double used;
        int points;
        const char *stage;
    } cases[] = {
        {50, 0, "onTrack"},         {52, 0, "onTrack"},           {52.49, 0, "onTrack"},
        {52.5, 3, "slightlyAhead"}, {56.4, 6, "slightlyAhead"},   {56.5, 7, "ahead"},
        {62.4, 12, "ahead"},        {62.5, 13, "farAhead"},       {48, 0, "onTrack"},
        {47.51, 0, "onTrack"},      {47.5, -3, "slightlyBehind"}, {44, -6, "slightlyBehind"},
        {43, -7, "behind"},         {38, -12, "behind"},          {37, -13, "farBehind"},
        {0, -50, "farBehind"},      {170, 120, "farAhead"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct pace pace;

        g_assert_true(find_pace(take_snapshot_after(5 * HOURS, cases[i].used), &pace));
        g_assert_cmpint(pace_points(&pace), ==, cases[i].points);
        g_assert_cmpstr(pace_stage(&pace), ==, cases[i].stage);
    }
}

static void test_nothing_in_the_first_three_percent(void)
{
    struct pace pace;

    g_assert_false(find_pace(take_snapshot_after(3 * HOURS / 10 - 1, 10), &pace));
    g_assert_true(find_pace(take_snapshot_after(3 * HOURS / 10, 10), &pace));
    g_assert_cmpfloat(pace.expected, ==, 3);
}

static void test_what_is_exhausted_has_no_projection(void)
{
    struct pace pace;

    g_assert_true(find_pace(take_snapshot_after(5 * HOURS, 99.9), &pace));
    g_assert_cmpint(pace.runs_out, >, FIXTURE_NOW);
    g_assert_true(find_pace(take_snapshot_after(5 * HOURS, 100), &pace));
    g_assert_true(pace.is_exhausted);
    g_assert_cmpint(pace.runs_out, ==, 0);
}

static void test_nothing_of_what_is_not_known(void)
{
    struct snapshot *no_length = take_snapshot_after(5 * HOURS, 50),
                    *no_reset = take_snapshot_after(0, 50);
    struct window *window = no_length->windows->pdata[0];
    struct pace pace;

    window->minutes = 0;
    g_assert_false(find_pace(no_length, &pace));
    window = no_reset->windows->pdata[0];
    window->resets_at = 0;
    g_assert_false(find_pace(no_reset, &pace));
    g_assert_false(find_pace(take_snapshot_after(5 * HOURS, NAN), &pace));
}

static void test_nothing_outside_of_the_window(void)
{
    autoptr(snapshot) snapshot = take_snapshot_after(5 * HOURS, 50);
    const struct window *window = snapshot->windows->pdata[0];
    struct pace pace;

    g_assert_false(find_pace(take_snapshot_after(-1, 50), &pace)); /* a clock that is slow */
    g_assert_false(find_pace(take_snapshot_after(10 * HOURS, 50), &pace));
    g_assert_true(pace_calculate(window, snapshot, window->resets_at - 1, &pace));
    g_assert_false(pace_calculate(window, snapshot, window->resets_at, &pace));
}

static void test_it_is_that_of_the_moment_of_the_numbers(void)
{
    autoptr(snapshot) snapshot = take_snapshot_after(2 * HOURS, 40);
    struct pace pace;

    g_assert_true(pace_calculate(snapshot->windows->pdata[0], snapshot,
                                 FIXTURE_NOW + (gint64)4 * HOURS, &pace));
    g_assert_cmpfloat(pace.expected, ==, 20);
    g_assert_cmpint(pace.runs_out, ==, FIXTURE_NOW + 3 * HOURS);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pace/in-deficit", test_in_deficit);
    g_test_add_func("/pace/in-reserve", test_in_reserve);
    g_test_add_func("/pace/on-pace-lasts", test_on_pace_lasts);
    g_test_add_func("/pace/words", test_words);
    g_test_add_func("/pace/stages", test_stages);
    g_test_add_func("/pace/nothing-in-the-first-three-percent",
                    test_nothing_in_the_first_three_percent);
    g_test_add_func("/pace/what-is-exhausted-has-no-projection",
                    test_what_is_exhausted_has_no_projection);
    g_test_add_func("/pace/nothing-of-what-is-not-known", test_nothing_of_what_is_not_known);
    g_test_add_func("/pace/nothing-outside-of-the-window", test_nothing_outside_of_the_window);
    g_test_add_func("/pace/it-is-that-of-the-moment-of-the-numbers",
                    test_it_is_that_of_the_moment_of_the_numbers);
    return g_test_run();
}
