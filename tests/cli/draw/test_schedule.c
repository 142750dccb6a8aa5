/* When a process that draws continuously refreshes and draws again. */
#include "cli/draw/schedule.h"

#include "common/base/error.h"
#include "common/usage/provider.h"
#include "common/usage/refresh.h"

#define NOW       1767700000 /* seconds since 1970 */
#define LONG_AGO  (NOW - 3600)
#define MONOTONIC (100 * G_USEC_PER_SEC)
#define SECOND    G_USEC_PER_SEC
#define MARKED    (PROVIDER_DEADLINE / 1000) /* seconds for which a refresh is shown at most */

static const struct attempt stored = {.at = LONG_AGO};

static void test_begins_when_due(void)
{
    struct schedule schedule = {0};

    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW + 60, NOW), ==, NOW + 60);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW, NOW), <=, NOW);
}

static void test_jitter_puts_off_once(void)
{
    struct schedule schedule = {0};

    schedule_begin(&schedule, LONG_AGO, 2);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW + 60, NOW), ==, NOW + 62);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW + 60, NOW + 60), ==, NOW + 62);
    /* Overdue is reported as due now, each second anew. */
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW + 61, NOW + 61), ==, NOW + 62);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW + 62, NOW + 62), ==, NOW + 62);
}

static void test_jitter_of_something_overdue(void)
{
    struct schedule schedule = {0};

    schedule_begin(&schedule, LONG_AGO, 3);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW, NOW), ==, NOW + 3);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW + 1, NOW + 1), ==, NOW + 3);
}

static void test_keeps_apart_refreshes_that_leave_nothing(void)
{
    struct schedule schedule = {0};
    const struct attempt own = {.at = NOW};

    schedule_begin(&schedule, NOW, 0);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW, NOW), ==, NOW + REFRESH_SPACING);
    g_assert_cmpint(schedule_begins_at(&schedule, &own, NOW, NOW), ==, NOW);
}

static void test_waits_where_nothing_is_stored(void)
{
    struct schedule schedule = {0};

    schedule_note_unstored(&schedule, NOW);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW, NOW), ==, NOW + 60);
    schedule_change_provider(&schedule);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW, NOW), <=, NOW);
}

static void test_hurries_once(void)
{
    struct schedule schedule = {0};

    schedule_hurry(&schedule, NOW, 4);
    schedule_hurry(&schedule, NOW + 1, 4);
    g_assert_cmpint(schedule.hurry_at, ==, NOW + 4);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW, NOW), ==, NOW + 4);
    schedule_begin(&schedule, NOW + 4, 0);
    g_assert_cmpint(schedule.hurry_at, ==, 0);
    schedule_hurry(&schedule, NOW + 5, 4);
    g_assert_cmpint(schedule.hurry_at, ==, NOW + 9);
}

static void test_waking_ends_the_wait_for_the_store(void)
{
    struct schedule schedule = {0};

    schedule_note_unstored(&schedule, NOW);
    schedule_wake(&schedule, NOW, 2);
    g_assert_cmpint(schedule_begins_at(&schedule, &stored, NOW, NOW), ==, NOW + 2);
}

static void test_clock_that_was_set_back(void)
{
    struct schedule schedule = {0};
    const struct attempt none = {0};

    schedule_note_unstored(&schedule, NOW);
    schedule_hurry(&schedule, NOW, 4);
    schedule_begin(&schedule, NOW, 0);
    schedule_hurry(&schedule, NOW, 4);
    schedule_note_clock(&schedule, LONG_AGO);
    g_assert_cmpint(schedule.retry_at, ==, LONG_AGO + 60);
    g_assert_cmpint(schedule.hurry_at, ==, LONG_AGO + SCHEDULE_HURRY);
    g_assert_cmpint(schedule_begins_at(&schedule, &none, LONG_AGO, LONG_AGO), ==, LONG_AGO + 60);
}

static void test_clock_that_goes_on_changes_nothing(void)
{
    struct schedule schedule = {.retry_at = NOW + 9, .hurry_at = NOW + 2, .begun_at = NOW - 1};
    const struct schedule before = schedule;

    schedule_note_clock(&schedule, NOW);
    g_assert_cmpmem(&schedule, sizeof schedule, &before, sizeof before);
}

/* Seconds for which news of the network are ignored after a refresh because of them. */
static gint64 follow_news(struct schedule *schedule, const struct attempt *attempt)
{
    gint64 until;

    schedule_hurry(schedule, NOW, 1);
    schedule_begin(schedule, NOW, 0);
    until = schedule_ignores_network_until(schedule, attempt, NOW);
    return until > 0 ? until - NOW : 0;
}

static void test_news_for_nothing_are_ignored_ever_longer(void)
{
    struct schedule schedule = {0};
    g_autoptr(GError) error = g_error_new_literal(USAGE_ERROR, USAGE_ERROR_NETWORK, "offline");
    const struct attempt failed = {.at = LONG_AGO, .error = error};
    gint64 wait = 0;

    g_assert_cmpint(schedule_ignores_network_until(&schedule, &failed, NOW), ==, 0);
    g_assert_cmpint(follow_news(&schedule, &failed), ==, 30);
    g_assert_cmpint(follow_news(&schedule, &failed), ==, 60);
    g_assert_cmpint(schedule_ignores_network_until(&schedule, &failed, NOW + 60), ==, 0);
    for (int i = 0; i < 10; i++)
        wait = follow_news(&schedule, &failed);
    g_assert_cmpint(wait, ==, REFRESH_BACKOFF_MAX);
    g_assert_cmpint(follow_news(&schedule, &stored), ==, 0); /* it worked */
    g_assert_cmpint(follow_news(&schedule, &failed), ==, 30);
}

static void test_refresh_without_news_ignores_none(void)
{
    struct schedule schedule = {0};
    const struct attempt none = {0};

    schedule_begin(&schedule, NOW, 0);
    g_assert_cmpint(schedule_ignores_network_until(&schedule, &none, NOW), ==, 0);
}

static void test_network_is_what_is_missing(void)
{
    g_autoptr(GError) network = g_error_new_literal(USAGE_ERROR, USAGE_ERROR_NETWORK, "offline");
    g_autoptr(GError) server = g_error_new_literal(USAGE_ERROR, USAGE_ERROR_SERVER, "broken");
    struct attempt attempt = {.at = NOW};

    g_assert_false(schedule_lacks_network(&attempt));
    attempt.error = server;
    g_assert_false(schedule_lacks_network(&attempt));
    attempt.error = network;
    g_assert_true(schedule_lacks_network(&attempt));
}

static void test_user_asks(void)
{
    struct schedule schedule = {0};

    schedule_want(&schedule, false, MONOTONIC);
    g_assert_true(schedule.is_wanted);
    schedule_begin(&schedule, NOW, 0);
    g_assert_false(schedule.is_wanted);
    g_assert_true(schedule.is_forced);
    schedule_want(&schedule, true, MONOTONIC); /* it is being done */
    g_assert_false(schedule.is_wanted);
    schedule_begin(&schedule, NOW, 0);
    schedule_want(&schedule, true, MONOTONIC); /* one of its own accord is no answer */
    g_assert_true(schedule.is_wanted);
}

static bool shows(struct schedule *schedule, const struct attempt *attempt, bool is_running,
                  gint64 seconds)
{
    return schedule_shows_refreshing(schedule, attempt, is_running, false, NOW + seconds,
                                     MONOTONIC + seconds * SECOND);
}

static void test_click_is_shown_for_a_second(void)
{
    struct schedule schedule = {0};

    schedule_want(&schedule, false, MONOTONIC);
    g_assert_true(shows(&schedule, &stored, false, 0));
    g_assert_false(shows(&schedule, &stored, false, 1));
}

static void test_refresh_of_another_bar_is_shown(void)
{
    struct schedule schedule = {0};
    struct attempt attempt = {.at = NOW, .forced = true, .pending = true};

    g_assert_true(shows(&schedule, &attempt, false, 0));
    g_assert_true(shows(&schedule, &attempt, false, 5));
    g_assert_cmpint(schedule_refreshing_ends_at(&attempt, NOW + 5), ==, NOW + MARKED);
    g_assert_false(shows(&schedule, &attempt, false, MARKED)); /* it was killed */
    g_assert_cmpint(schedule_refreshing_ends_at(&attempt, NOW + MARKED), ==, 0);
    attempt.pending = false;
    g_assert_false(shows(&schedule, &attempt, false, 5));
    g_assert_cmpint(schedule_refreshing_ends_at(&attempt, NOW + 5), ==, 0);
}

static void test_short_refresh_of_another_bar_is_shown_for_a_second(void)
{
    struct schedule schedule = {0};
    const struct attempt attempt = {.at = NOW, .forced = true};

    g_assert_true(shows(&schedule, &attempt, false, 0));
    g_assert_false(shows(&schedule, &attempt, false, 1));
}

static void test_refresh_before_the_first_line_is_not_shown(void)
{
    struct schedule schedule = {0};
    const struct attempt attempt = {.at = NOW - 1, .forced = true};

    g_assert_false(schedule_shows_refreshing(&schedule, &attempt, false, true, NOW, MONOTONIC));
    g_assert_false(shows(&schedule, &attempt, false, 0));
}

static void test_automatic_refresh_is_not_shown(void)
{
    struct schedule schedule = {0};
    const struct attempt attempt = {.at = NOW, .pending = true};

    g_assert_false(shows(&schedule, &attempt, true, 0));
    g_assert_cmpint(schedule_refreshing_ends_at(&attempt, NOW), ==, 0);
}

static void test_own_refresh_that_was_killed_is_not_shown(void)
{
    struct schedule schedule = {0};
    const struct attempt attempt = {.at = NOW, .forced = true, .pending = true};

    schedule_begin(&schedule, NOW, 0);
    g_assert_true(shows(&schedule, &attempt, true, 2));
    g_assert_true(shows(&schedule, &attempt, true, 5));
    g_assert_false(shows(&schedule, &attempt, false, 5));
}

static void test_draws_again(void)
{
    g_assert_cmpint(schedule_redraws_at(0, 0, false, NOW), ==, NOW + 3600);
    g_assert_cmpint(schedule_redraws_at(0, 0, true, NOW), ==, NOW + 30);
    g_assert_cmpint(schedule_redraws_at(NOW + 5, 0, false, NOW), ==, NOW + 5);
    g_assert_cmpint(schedule_redraws_at(NOW + 5, NOW + 2, false, NOW), ==, NOW + 5);
    g_assert_cmpint(schedule_redraws_at(0, NOW + 2, false, NOW), ==, NOW + 60);
    g_assert_cmpint(schedule_redraws_at(0, NOW + 300, false, NOW), ==, NOW + 300);
}

static void test_never_is_later(void)
{
    g_assert_cmpint(schedule_earlier(0, 0), ==, 0);
    g_assert_cmpint(schedule_earlier(NOW, 0), ==, NOW);
    g_assert_cmpint(schedule_earlier(0, NOW), ==, NOW);
    g_assert_cmpint(schedule_earlier(NOW, NOW + 1), ==, NOW);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schedule/due", test_begins_when_due);
    g_test_add_func("/schedule/jitter", test_jitter_puts_off_once);
    g_test_add_func("/schedule/jitter-overdue", test_jitter_of_something_overdue);
    g_test_add_func("/schedule/spacing", test_keeps_apart_refreshes_that_leave_nothing);
    g_test_add_func("/schedule/unstored", test_waits_where_nothing_is_stored);
    g_test_add_func("/schedule/hurry", test_hurries_once);
    g_test_add_func("/schedule/wake", test_waking_ends_the_wait_for_the_store);
    g_test_add_func("/schedule/clock-back", test_clock_that_was_set_back);
    g_test_add_func("/schedule/clock-on", test_clock_that_goes_on_changes_nothing);
    g_test_add_func("/schedule/news", test_news_for_nothing_are_ignored_ever_longer);
    g_test_add_func("/schedule/no-news", test_refresh_without_news_ignores_none);
    g_test_add_func("/schedule/network", test_network_is_what_is_missing);
    g_test_add_func("/schedule/wanted", test_user_asks);
    g_test_add_func("/schedule/mark/click", test_click_is_shown_for_a_second);
    g_test_add_func("/schedule/mark/other", test_refresh_of_another_bar_is_shown);
    g_test_add_func("/schedule/mark/short",
                    test_short_refresh_of_another_bar_is_shown_for_a_second);
    g_test_add_func("/schedule/mark/before", test_refresh_before_the_first_line_is_not_shown);
    g_test_add_func("/schedule/mark/automatic", test_automatic_refresh_is_not_shown);
    g_test_add_func("/schedule/mark/killed", test_own_refresh_that_was_killed_is_not_shown);
    g_test_add_func("/schedule/redraw", test_draws_again);
    g_test_add_func("/schedule/earlier", test_never_is_later);
    return g_test_run();
}
