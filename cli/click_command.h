/* Commands that a bar runs on a click: they take --provider and --bar, and act on what that bar
 * shows. */
#pragma once

#include "cli/base/options.h"
#include "cli/draw/bar_state.h"

/* Parses the command line, whose own options are `more_options`, and calls `run` with what the bar
 * shows and their values. Reports errors, and returns the exit status. */
int click_command_run(struct context *context, struct command_line line, int argc, char **argv,
                      int (*run)(const struct bar_state *bar, gconstpointer values));
