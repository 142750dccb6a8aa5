/* The continuous mode: a process that lives as long as its bar and prints a line whenever it
 * changes. It sleeps (wakeup.h) until something may have changed, and then reads everything anew
 * and draws it as a command does that draws once. */
#pragma once

#include "cli/draw/bar_state.h"

/* Returns the exit status after the bar has gone. */
int watch_run(struct bar_state *bar);
