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
 *     const struct command_line line = {
 *         .command = "open", .summary = N_("Opens the page"), .options = {entries, &options}};
 *
 *     if (options_parse(&line, &argc, &argv, &error))
 *         …
 *     options_clear(&line);
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A table and the struct into which its offsets point. Both NULL: no options. */
struct option_group {
    const GOptionEntry *entries; /* ended by {NULL} */
    void *values;
};

/* What a command accepts, and the texts of its --help, for _(). */
struct command_line {
    const char *command;   /* "waybar" */
    const char *arguments; /* what follows the options; NULL: nothing */
    const char *summary;
    const char *description; /* NULL: none */
    char *(*describe)(void); /* makes the description when it is shown; NULL: as above */
    struct option_group options, more_options;
    const char *const *opposites; /* pairs of flags, ended by NULL; NULL: none */
    int max_arguments;
    const char *refusal; /* of an argument too many that may be secret; NULL: it is quoted */
};

/* Parses argv, which begins with the command's name, and removes the options from it. For --help it
 * prints the help and exits. False and an error of kind config if an option is wrong or there are
 * too many arguments. */
bool options_parse(const struct command_line *line, int *argc, char ***argv, GError **error);

/* Frees the strings among the values of the options. */
void options_clear(const struct command_line *line);

/* Whether the value of an option, "format", is NULL or one of `choices`, which is ended by NULL; if
 * not, sets an error of kind config. */
bool options_check_choice(const char *option, const char *value, const char *const *choices,
                          GError **error);
