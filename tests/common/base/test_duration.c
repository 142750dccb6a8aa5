#include "common/base/duration.h"

#include <time.h>

#define MINUTE 60
#define HOUR   3600
#define DAY    86400
#define NOW    G_GINT64_CONSTANT(1767698328) /* Tuesday, 2026-01-06T11:18:48Z */

static void test_countdown(void)
{
    static const struct {
        gint64 seconds;
        const char *text;
    } cases[] = {
        {G_MININT64, "now"},
        {-1, "now"},
        {0, "now"},
        {1, "<1m"},
        {59, "<1m"},
        {60, "1m"},
        {14 * MINUTE + 59, "14m"},
        {HOUR - 1, "59m"},
        {HOUR, "1h"},
        {2 * HOUR + 14 * MINUTE + 14, "2h 14m"},
        {DAY - 1, "23h 59m"},
        {DAY, "1d"},
        {DAY + 59 * MINUTE, "1d"},
        {4 * DAY + HOUR + 59 * MINUTE, "4d 1h"},
        {G_GINT64_CONSTANT(3650) * DAY, "3650d"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = duration_countdown(cases[i].seconds, NULL);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static void test_ago(void)
{
    static const struct {
        gint64 seconds;
        const char *text;
    } cases[] = {
        {-DAY, "in the future"},
        {-61, "in the future"},
        {-60, "just now"},
        {0, "just now"},
        {59, "just now"},
        {120, "2 min ago"},
        {HOUR - 1, "59 min ago"},
        {HOUR, "1 h ago"},
        {2 * DAY - 1, "47 h ago"},
        {2 * DAY, "2 days ago"},
        {G_GINT64_CONSTANT(9223372036854775), "106751991167 days ago"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = duration_ago(cases[i].seconds, NULL);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static void assert_clock(gint64 when, const char *expected)
{
    g_autofree char *text = duration_clock(when, NOW, NULL);

    g_assert_cmpstr(text, ==, expected);
}

static void set_zone(const char *zone)
{
    g_setenv("TZ", zone, TRUE);
    tzset();
}

static void test_clock_shows_what_is_needed(void)
{
    set_zone("UTC");
    assert_clock(NOW + 2 * HOUR, "13:18");
    assert_clock(NOW - 2 * HOUR, "09:18");
    assert_clock(NOW + DAY, "Wed 11:18");
    assert_clock(NOW + 13 * HOUR, "Wed 00:18");
    assert_clock(NOW + 6 * DAY - 1, "Mon 11:18");
    assert_clock(NOW + 6 * DAY, "12 Jan");
    assert_clock(NOW + 365 * DAY, "6 Jan");
    assert_clock(NOW - DAY, "5 Jan");
}

static void test_clock_is_local(void)
{
    set_zone("XST-08:00"); /* eight hours ahead of UTC; needs no table of zones */
    assert_clock(NOW, "19:18");
    assert_clock(NOW + 5 * HOUR, "Wed 00:18");
    set_zone("XST+05:30");
    assert_clock(NOW, "05:48");
    assert_clock(NOW - 6 * HOUR, "5 Jan");
    set_zone("UTC");
}

/* Expects the same text for all that time, and another one after it. */
static void assert_lasts(char *(*text_of)(gint64, gint64 *), gint64 seconds, int direction)
{
    gint64 lasts = 0;
    g_autofree char *now = text_of(seconds, &lasts);
    g_autofree char *before = text_of(seconds + direction * (lasts - 1), NULL);
    g_autofree char *then = text_of(seconds + direction * lasts, NULL);

    g_assert_cmpint(lasts, >, 0);
    g_assert_cmpstr(before, ==, now);
    g_assert_cmpstr(then, !=, now);
}

static void assert_lasts_for(char *(*text_of)(gint64, gint64 *), gint64 seconds, gint64 expected)
{
    gint64 lasts = -1;
    g_autofree char *text = text_of(seconds, &lasts);

    g_assert_cmpint(lasts, ==, expected);
}

static void test_how_long_a_text_lasts(void)
{
    static const gint64 spans[] = {1,
                                   2,
                                   59,
                                   60,
                                   61,
                                   119,
                                   120,
                                   HOUR - 1,
                                   HOUR,
                                   HOUR + 1,
                                   2 * HOUR,
                                   DAY - 1,
                                   DAY,
                                   DAY + 1,
                                   DAY + HOUR,
                                   2 * DAY - 1,
                                   2 * DAY,
                                   9 * DAY,
                                   9 * DAY + 7777};

    for (gsize i = 0; i < G_N_ELEMENTS(spans); i++) {
        assert_lasts(duration_countdown, spans[i], -1);
        assert_lasts(duration_countdown_exact, spans[i], -1);
        assert_lasts(duration_ago, spans[i], 1);
        assert_lasts(duration_ago, -spans[i], 1);
    }
    assert_lasts_for(duration_countdown, 0, 0);
    assert_lasts_for(duration_countdown, -5, 0);
    assert_lasts_for(duration_countdown_exact, 0, 0);
    assert_lasts_for(duration_countdown, DAY + 2 * HOUR, 1);
    assert_lasts_for(duration_countdown, DAY + 2 * HOUR - 1, HOUR);
}

static void test_the_last_minute_by_seconds(void)
{
    g_autofree char *last = duration_countdown_exact(42, NULL);
    g_autofree char *minute = duration_countdown_exact(60, NULL);
    g_autofree char *over = duration_countdown_exact(0, NULL);

    g_assert_cmpstr(last, ==, "42s");
    g_assert_cmpstr(minute, ==, "1m");
    g_assert_cmpstr(over, ==, "now");
    assert_lasts_for(duration_countdown_exact, 42, 1);
    assert_lasts_for(duration_countdown, 42, 42);
}

static void assert_clock_lasts(gint64 when)
{
    gint64 lasts = 0;
    g_autofree char *now = duration_clock(when, NOW, &lasts);
    g_autofree char *before = duration_clock(when, NOW + lasts - 1, NULL);
    g_autofree char *then = duration_clock(when, NOW + lasts, NULL);

    g_assert_cmpint(lasts, >, 0);
    g_assert_cmpstr(before, ==, now);
    g_assert_cmpstr(then, !=, now);
}

static void test_how_long_a_clock_lasts(void)
{
    static const char *const zones[] = {"UTC", "XST-08:00", "XST+05:30"};

    for (gsize i = 0; i < G_N_ELEMENTS(zones); i++) {
        gint64 lasts = -1;

        set_zone(zones[i]);
        assert_clock_lasts(NOW);
        assert_clock_lasts(NOW + 2 * HOUR);
        assert_clock_lasts(NOW + 13 * HOUR);
        assert_clock_lasts(NOW + 3 * DAY);
        assert_clock_lasts(NOW + 6 * DAY);
        assert_clock_lasts(NOW + 20 * DAY);
        g_autofree char *yesterday = duration_clock(NOW - DAY, NOW, &lasts);
        g_assert_cmpstr(yesterday, ==, "5 Jan");
        g_assert_cmpint(lasts, ==, 0);
    }
    set_zone("UTC");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/duration/countdown", test_countdown);
    g_test_add_func("/duration/ago", test_ago);
    g_test_add_func("/duration/clock-shows-what-is-needed", test_clock_shows_what_is_needed);
    g_test_add_func("/duration/clock-is-local", test_clock_is_local);
    g_test_add_func("/duration/how-long-a-text-lasts", test_how_long_a_text_lasts);
    g_test_add_func("/duration/the-last-minute-by-seconds", test_the_last_minute_by_seconds);
    g_test_add_func("/duration/how-long-a-clock-lasts", test_how_long_a_clock_lasts);
    return g_test_run();
}
