/* The commands of `usageline`, one file each, and the tables in which they are found by name. A
 * command's argv[0] is its name; it returns the exit status.
 *
 *     static const struct command commands[] = {
 *         {"list", "", N_("list the themes"), 0, theme_list},
 *         {0},
 *     };
 *     static const struct command_group group = {"theme", commands, …};
 *
 *     return command_dispatch(&group, context, argc, argv);
 */
#pragma once

#include "cli/base/context.h"
#include "common/draw/adapter.h"

#include <stdio.h>

struct command {
    const char *name;
    const char *arguments; /* as the help shows them, for _(); "": none */
    const char *summary;   /* one line of the help, for _() */
    int max_arguments;     /* that `run` takes; COMMAND_HAS_OPTIONS: it parses them itself */
    int (*run)(struct context *context, int argc, char **argv);
};

#define COMMAND_HAS_OPTIONS (-1)

/* A command that has subcommands. */
struct command_group {
    const char *name;
    const struct command *commands; /* ended by {0} */
    const char *usage, *hint;       /* what the help begins and ends with, for _() */
    unsigned columns;               /* width of the help's first column */
};

/* Runs the subcommand that argv[1] names, or prints the help. */
int command_dispatch(const struct command_group *group, struct context *context, int argc,
                     char **argv);

/* The command of this name in a table that is ended by {0}; NULL: none. */
const struct command *command_find(const struct command *commands, const char *name);

/* Adds copies of the names in a table that is ended by {0}. */
void command_add_names(const struct command *commands, GPtrArray *names);

/* Reports that there is no command `command`, such as "config lst", whose last word is `word`.
 * Returns whether it could suggest one of `names`; if not, the caller prints the help. */
bool command_report_unknown(const char *command, const char *word, const GPtrArray *names);

/* Prints a row of a help text for each command; the first column is `columns` wide. */
void command_print_rows(const struct command *commands, FILE *stream, unsigned columns);

/* Whether the argument is --help or -h. */
bool command_is_help(const char *argument);

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
