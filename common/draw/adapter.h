/* What an adapter is: a drawn line in, the exact bytes of one bar out. Each bar's folder defines
 * one table of this kind; the command line has a subcommand for each. */
#pragma once

#include "common/draw/line.h"

#include <glib.h>

/* The options that bars have of their own. A bar lists those that it knows in adapter.options. */
struct adapter_options {
    gboolean json;       /* i3blocks: the JSON of version 1.5 */
    gboolean urgent;     /* i3blocks: mark the block as urgent when exhausted */
    gboolean pango;      /* the bar reads the text as Pango markup */
    bool inline_colors;  /* colour the text itself, though the bar has a style sheet for it */
    bool continuous;     /* the bar reads line after line of one process */
    bool reports_clicks; /* … and reports clicks on its standard input */
};

struct bar_setup;

struct adapter {
    const char *name;    /* the subcommand, and the key under "bars" in the configuration */
    const char *summary; /* one line for --help; for _() */
    const char *program; /* of the bar */
    bool has_tooltip;
    const struct bar_setup *setup; /* how its configuration gets the module (bar_setup.h) */
    /* Ended by {NULL}; arg_data is the offset of the field in struct adapter_options. */
    const GOptionEntry *options;
    /* Variables of the environment by which the bar tells its modules of this kind apart, and those
     * by which it tells the button of a click (as a number of X11) to a command that it runs for
     * it; ended by NULL. NULL: the bar tells no such thing. */
    const char *const *instance_variables;
    const char *const *button_variables;
    /* The button of a click that the bar tells in a line on the standard input of a command that
     * goes on; 0: that line says something else. NULL: the bar does not do so. */
    int (*read_click)(const char *line);
    /* What hides the module in a bar that reads line after line. */
    const char *(*hidden)(const struct adapter_options *options);
    /* Sets options from variables that the bar sets; NULL: it sets none. */
    void (*read_environment)(char **environment, struct adapter_options *options);
    /* The output, with its line breaks; the caller frees it. `palette` NULL: no colours. */
    char *(*render)(const struct line *line, const struct palette *palette,
                    const struct adapter_options *options);
    /* The exit status; NULL: always 0. */
    int (*status)(const struct line *line, const struct adapter_options *options);
};
