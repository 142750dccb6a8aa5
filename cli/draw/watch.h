/* The continuous mode: a process that lives as long as its bar and prints a line whenever it
 * changes. It does what a single drawing does, each time when something may have changed, and
 * sleeps in between; so nothing that it knows can be older than that. */
#pragma once

#include "cli/draw/bar_state.h"

/* Returns the exit status when the bar has gone. */
int watch_run(struct bar_state *bar);
