/* The subcommands of `usageline`, one file each. argv[0] is the subcommand's name; what they return
 * is the exit status. */
#pragma once

#include "cli/base/context.h"
#include "common/draw/adapter.h"

int command_draw(const struct adapter *adapter, struct context *context, int argc, char **argv);
int command_usage(struct context *context, int argc, char **argv);
int command_details(struct context *context, int argc, char **argv);
int command_open(struct context *context, int argc, char **argv);
int command_refresh(struct context *context, int argc, char **argv);
int command_show(struct context *context, int argc, char **argv);
int command_setup(struct context *context, int argc, char **argv);
int command_doctor(struct context *context, int argc, char **argv);
int command_theme(struct context *context, int argc, char **argv);
int command_config(struct context *context, int argc, char **argv);
