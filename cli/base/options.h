/* Command-line options as constant tables: arg_data of each GOptionEntry is an offset into a struct
 * of values. Their texts are for _().
 *
 *     struct open_options {
 *         gboolean print;
 *     };
 *     static const GOptionEntry entries[] = {
 *         {"print", 0, 0, G_OPTION_ARG_NONE, (gpointer)offsetof(struct open_options, print),
 *          N_("Print the address, and open nothing"), NULL},
 *         {0}};
 *     struct open_options options = {0};
 *
 *     options_parse(&help, (struct option_group){entries, &options}, (struct option_group){0},
 *                   &argc, &argv, &error)
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A table and the struct into which its offsets point. Both NULL: no options. */
struct option_group {
    const GOptionEntry *entries; /* ended by {NULL} */
    void *values;
};

/* The texts of a command's --help, for _(). */
struct option_help {
    const char *command;   /* "waybar" */
    const char *arguments; /* what follows the options; NULL: nothing */
    const char *summary;
    const char *description; /* NULL: none */
    char *(*describe)(void); /* makes the description when it is shown; NULL: as above */
};

/* Parses argv, which begins with the command's name, and removes the options from it. For --help it
 * prints the help and exits. The caller frees the strings that are set. False and an error of kind
 * config if an option is wrong. */
bool options_parse(const struct option_help *help, struct option_group first,
                   struct option_group second, int *argc, char ***argv, GError **error);

/* Whether argv holds only the command's name; if not, sets an error of kind config. */
bool options_are_all(int argc, char **argv, GError **error);
