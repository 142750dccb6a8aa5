#include "common/duration.h"

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
        g_autofree char *text = duration_countdown(cases[i].seconds);
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
        g_autofree char *text = duration_ago(cases[i].seconds);
        g_assert_cmpstr(text, ==, cases[i].text);
    }
}

static void assert_clock(gint64 when, const char *expected)
{
    g_autofree char *text = duration_clock(when, NOW);

    g_assert_cmpstr(text, ==, expected);
}

static void set_zone(const char *zone)
{
    g_setenv("TZ", zone, TRUE);
    tzset();
}

static void test_clock_says_what_is_needed(void)
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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/duration/countdown", test_countdown);
    g_test_add_func("/duration/ago", test_ago);
    g_test_add_func("/duration/clock-says-what-is-needed", test_clock_says_what_is_needed);
    g_test_add_func("/duration/clock-is-local", test_clock_is_local);
    return g_test_run();
}
