/* The subcommands of `usageline config`. argv[0] is the subcommand's name, by which one function
 * may serve several. */
#pragma once

#include "cli/base/context.h"

int config_change_credentials(struct context *context, int argc, char **argv);
int config_validate(struct context *context, int argc, char **argv);
int config_providers(struct context *context, int argc, char **argv);
int config_browsers(struct context *context, int argc, char **argv);
int config_set_enabled(struct context *context, int argc, char **argv);
