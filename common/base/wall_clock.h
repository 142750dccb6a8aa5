/* A timer that goes by the clock on the wall: it rings after a suspend as soon as the machine is
 * awake, and whenever somebody sets the clock, where timers of the monotonic clock stand still. */
#pragma once

#include <glib.h>

/* A descriptor that becomes readable when the timer rings; -1 if there is none to be had. */
int wall_timer_new(void);

/* Stops the ringing, and lets it ring at this time (microseconds since 1970; 0: never). */
void wall_timer_set(int timer, gint64 when);

/* Microseconds since 1970; unlike time() as exact as the timer. */
gint64 wall_clock(void);

/* Microseconds by which it is ahead of the monotonic clock: another number after a suspend, or
 * after somebody has set the clock. */
gint64 wall_clock_ahead(void);

/* Microseconds that the machine has slept since it was started. */
gint64 wall_clock_slept(void);
