#include "common/base/timestamp.h"

#define NOW G_GINT64_CONSTANT(1767698328) /* 2026-01-06T11:18:48Z */

static void test_reads_rfc_3339(void)
{
    static const char *const texts[] = {
        "2026-01-06T11:18:48Z",        "2026-01-06T11:18:48.716839300Z",
        "2026-01-06t11:18:48z",        "2026-01-06 11:18:48Z",
        "2026-01-06T19:18:48+08:00",   "2026-01-06T05:48:48-05:30",
        "2026-01-06T11:18:48.1+00:00", "2026-01-07T00:18:48+13:00",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        gint64 seconds = 0;

        g_assert_true(timestamp_parse(texts[i], &seconds));
        g_assert_cmpint(seconds, ==, NOW);
    }
}

static void test_refuses_anything_else(void)
{
    static const char *const texts[] = {
        "",
        "now",
        "1767698328",
        "2026-01-06",
        "2026-01-06T11:18:48",
        "2026-01-06T11:18Z",
        "2026-01-06T11:18:48.Z",
        "2026-01-06T11:18:48Zx",
        "2026-01-06T11:18:48+8:00",
        "2026-01-06T11:18:48+0800",
        "2026-01-06T11:18:48+24:00",
        "2026-13-06T11:18:48Z",
        "2026-00-06T11:18:48Z",
        "2026-02-29T11:18:48Z",
        "2026-01-32T11:18:48Z",
        "2026-01-00T11:18:48Z",
        "2026-01-06T24:18:48Z",
        "2026-01-06T11:60:48Z",
        "2026-01-06T11:18:61Z",
        "-026-01-06T11:18:48Z",
        " 2026-01-06T11:18:48Z",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        gint64 seconds = 7;

        g_assert_false(timestamp_parse(texts[i], &seconds));
        g_assert_cmpint(seconds, ==, 7);
    }
    g_assert_false(timestamp_parse(NULL, &(gint64){0}));
}

static void test_refuses_other_centuries(void)
{
    gint64 seconds = 7;

    g_assert_false(timestamp_parse("0000-01-01T00:00:00Z", &seconds));
    g_assert_false(timestamp_parse("1969-12-31T23:59:59Z", &seconds));
    g_assert_false(timestamp_parse("1999-12-31T23:59:59Z", &seconds));
    g_assert_false(timestamp_parse("2100-01-01T00:00:00Z", &seconds));
    g_assert_false(timestamp_parse("9999-12-31T23:59:59Z", &seconds));
    g_assert_cmpint(seconds, ==, 7);
    g_assert_true(timestamp_parse("2000-01-01T00:00:00Z", &seconds));
    g_assert_cmpint(seconds, ==, TIMESTAMP_MIN);
    g_assert_true(timestamp_parse("2099-12-31T23:59:59Z", &seconds));
    g_assert_cmpint(seconds, ==, TIMESTAMP_MAX);
}

static void test_knows_leap_days(void)
{
    gint64 before = 0, after = 0;

    g_assert_true(timestamp_parse("2028-02-29T23:59:59Z", &before));
    g_assert_true(timestamp_parse("2028-03-01T00:00:00Z", &after));
    g_assert_cmpint(after - before, ==, 1);
}

static void test_what_is_written_can_be_read(void)
{
    g_autofree char *text = timestamp_format(NOW);
    gint64 seconds = 0;

    g_assert_cmpstr(text, ==, "2026-01-06T11:18:48Z");
    g_assert_true(timestamp_parse(text, &seconds));
    g_assert_cmpint(seconds, ==, NOW);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/timestamp/reads-rfc-3339", test_reads_rfc_3339);
    g_test_add_func("/timestamp/refuses-anything-else", test_refuses_anything_else);
    g_test_add_func("/timestamp/refuses-other-centuries", test_refuses_other_centuries);
    g_test_add_func("/timestamp/knows-leap-days", test_knows_leap_days);
    g_test_add_func("/timestamp/what-is-written-can-be-read", test_what_is_written_can_be_read);
    return g_test_run();
}
