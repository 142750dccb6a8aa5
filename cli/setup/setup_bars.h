/* Prints which bars there are, and what to run for each. */
#pragma once

#include "cli/base/bars.h"

/* The bars of all kinds; returns the exit status. */
int setup_print_bars(void);

/* Several running bars of one kind, for the user to choose one or all. */
void setup_print_choices(const GPtrArray *bars);

/* What names this bar to setup: its name and, if there is a file, "--config FILE" as a shell reads
 * it; the caller frees it. */
char *setup_bar_arguments(const char *name, const char *file);
