/* Prints which bars there are, and what to run for each. */
#pragma once

#include "cli/base/bars.h"

/* The bars of all kinds; returns the exit status. */
int setup_print_bars(void);

/* Several running bars of one kind, for the user to choose one or all. */
void setup_print_choices(const GPtrArray *bars);
