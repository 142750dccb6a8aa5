/* An adapter turns a drawn line into the exact bytes that one bar reads. Each bar's folder defines
 * one such table, and the command line has a subcommand for each.
 *
 *     const struct adapter somebar_adapter = {.name = "somebar", …, .render = somebar_render};
 */
#pragma once

#include "common/draw/line.h"

#include <glib.h>

/* The options of all bars. Each bar lists those that it has in adapter.options. */
struct adapter_options {
    gboolean json;       /* the bar reads JSON rather than plain lines */
    gboolean urgent;     /* mark the block as urgent when the plan is exhausted */
    gboolean pango;      /* the bar reads the text as Pango markup */
    bool inline_colors;  /* colour the text itself, though the bar has a style sheet for it */
    gboolean continuous; /* the bar reads line after line from one process */
    bool reports_clicks; /* … and writes clicks to its standard input */
    gint64 settle_time;  /* microseconds from its start on in which the bar may miss a line */
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

    /* Environment variables, ended by NULL, that the bar sets for the command of a module: those
     * that tell several modules of this kind apart, and those that hold the button of a click, as
     * X11 numbers it. NULL: the bar sets none. */
    const char *const *instance_variables;
    const char *const *button_variables;

    /* Sets options from variables that the bar sets; NULL: it sets none. */
    void (*read_environment)(char **environment, struct adapter_options *options);

    /* Returns the button of a click that the bar reports in this line on the standard input of a
     * continuous command; 0: the line is no click. NULL: the bar reports none. */
    int (*read_click)(const char *line);

    /* The line that hides the module in a bar that reads line after line: plain, and as JSON if the
     * bar has that option. */
    const char *hidden, *hidden_as_json;

    /* Returns the output, with its line breaks; the caller frees it. `palette` NULL: no colours. */
    char *(*render)(const struct line *line, const struct palette *palette,
                    const struct adapter_options *options);

    /* Returns the exit status of a command that draws once; NULL: always 0. */
    int (*status)(const struct line *line, const struct adapter_options *options);
};
