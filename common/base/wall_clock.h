/* The clock on the wall, and a timer that goes by it: it rings after a suspend as soon as the
 * machine is awake, and whenever somebody sets the clock. Timers of the monotonic clock do neither.
 */
#pragma once

#include <glib.h>

/* Microseconds since 1970, as exact as the timer; time() is not. */
gint64 wall_clock_now(void);

/* Microseconds that the wall clock is ahead of the monotonic clock. The number changes in a suspend
 * and when somebody sets the clock. */
gint64 wall_clock_ahead(void);

/* Microseconds that the machine has slept since it was started. */
gint64 wall_clock_slept(void);

/* Returns a descriptor that becomes readable when the timer rings, or -1 if the system has none
 * left. The caller closes it. */
int wall_clock_timer_new(void);

/* Makes the descriptor unreadable again, and lets it ring at `when` (microseconds since 1970; 0:
 * never). */
void wall_clock_timer_set(int timer, gint64 when);
