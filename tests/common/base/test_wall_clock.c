#include "common/base/wall_clock.h"

#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

static bool timer_rings(int timer, int milliseconds)
{
    struct pollfd polled = {.fd = timer, .events = POLLIN};

    return poll(&polled, 1, milliseconds) > 0;
}

static void test_it_rings_at_its_time_until_it_is_set_again(void)
{
    int timer = wall_clock_timer_new();

    g_assert_cmpint(timer, >=, 0);
    wall_clock_timer_set(timer, wall_clock_now() + 20 * 1000);
    g_assert_true(timer_rings(timer, 10 * 1000));
    wall_clock_timer_set(timer, wall_clock_now() + 600 * G_USEC_PER_SEC);
    g_assert_false(timer_rings(timer, 0));
    wall_clock_timer_set(timer, 1); /* long ago */
    g_assert_true(timer_rings(timer, 10 * 1000));
    wall_clock_timer_set(timer, 0);
    g_assert_false(timer_rings(timer, 0));
    close(timer);
}

static void test_clocks_agree(void)
{
    gint64 before = g_get_real_time(), now = wall_clock_now(), after = g_get_real_time();

    g_assert_cmpint(before, <=, now);
    g_assert_cmpint(now, <=, after);
    g_assert_cmpint(ABS(wall_clock_ahead() - (now - g_get_monotonic_time())), <, G_USEC_PER_SEC);
    g_assert_cmpint(wall_clock_slept(), >=, -1000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wall-timer/it-rings-at-its-time-until-it-is-set-again",
                    test_it_rings_at_its_time_until_it_is_set_again);
    g_test_add_func("/wall-timer/clocks-agree", test_clocks_agree);
    return g_test_run();
}
