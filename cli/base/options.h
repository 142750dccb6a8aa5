/* Command-line options as tables: GOptionEntry whose arg_data is an offset into a struct of values,
 * so that the tables are constant and the values are not global. Their texts are for _(). */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* One table and the struct that its offsets are of. Both NULL: none. */
struct option_group {
    const GOptionEntry *entries; /* ended by {NULL} */
    void *values;
};

/* What can be told of a command in its --help: texts for _(), but for what `describe` makes. */
struct option_help {
    const char *command;   /* "waybar" */
    const char *arguments; /* what follows the options; NULL: nothing */
    const char *summary;
    const char *description; /* NULL: none */
    char *(*describe)(void); /* makes the description only when it is shown; NULL: as above */
};

/* Parses argv, which begins with the command's name, and removes what it understood. Prints
 * the help and exits if it is asked for. False and an error of kind config if it is wrong. Strings
 * that it sets are the caller's. */
bool options_parse(const struct option_help *help, struct option_group first,
                   struct option_group second, int *argc, char ***argv, GError **error);

/* Whether nothing is left of argv but the command's name; else an error of kind config. */
bool options_are_all(int argc, char **argv, GError **error);
