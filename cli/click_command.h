/* Commands that a bar runs for a click: they take --provider and --bar, and are for what that bar
 * shows. */
#pragma once

#include "cli/base/options.h"
#include "cli/draw/bar_state.h"

/* Parses the command line, whose further options are `options`, and runs the command with what it
 * is for and options.values. Gives the exit status; what is wrong has been said. */
int click_command_run(struct context *context, const struct option_help *help,
                      struct option_group options, int argc, char **argv,
                      int (*run)(const struct bar_state *bar, gconstpointer values));
