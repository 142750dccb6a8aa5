#include "common/base/wall_clock.h"

#include <sys/timerfd.h>
#include <time.h>

static gint64 wall_clock_read(clockid_t clock)
{
    struct timespec now = {0};

    clock_gettime(clock, &now);
    return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

gint64 wall_clock_now(void)
{
    return wall_clock_read(CLOCK_REALTIME);
}

gint64 wall_clock_ahead(void)
{
    return wall_clock_read(CLOCK_REALTIME) - wall_clock_read(CLOCK_MONOTONIC);
}

gint64 wall_clock_slept(void)
{
    return wall_clock_read(CLOCK_BOOTTIME) - wall_clock_read(CLOCK_MONOTONIC);
}

int wall_clock_timer_new(void)
{
    return timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
}

void wall_clock_timer_set(int timer, gint64 when)
{
    const struct itimerspec spec = {
        .it_value = {.tv_sec = when / G_USEC_PER_SEC, .tv_nsec = when % G_USEC_PER_SEC * 1000}};

    timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL);
}
