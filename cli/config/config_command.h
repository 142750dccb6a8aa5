/* The subcommands of `usageline config`. argv[0] is the subcommand's name. */
#pragma once

#include "cli/base/context.h"

int config_set_api_key(struct context *context, int argc, char **argv);
int config_set_cookie(struct context *context, int argc, char **argv);
int config_unset(struct context *context, int argc, char **argv);
int config_validate(struct context *context, int argc, char **argv);
int config_providers(struct context *context, int argc, char **argv);
int config_browsers(struct context *context, int argc, char **argv);
int config_set_enabled(struct context *context, int argc, char **argv); /* enable, disable */
