/* Output for people: how it may look, and the parts that commands share. */
#pragma once

#include "cli/base/context.h"

#include <stdio.h>

/* False if NO_COLOR is set and not empty (https://no-color.org). */
bool output_has_color(const struct context *context);

/* Whether standard output is a terminal that shows colours, and NO_COLOR is not set. */
bool output_is_rich(const struct context *context);

/* The columns of the terminal that this is, at least 30; G_MAXUINT: it is none, and whoever reads
 * it breaks the lines. */
guint output_columns(FILE *stream);

/* Prints "  TERM  TEXT", a row of a help text; the term is padded to `columns`. */
void output_print_row(FILE *stream, guint columns, const char *term, const char *text);

/* Prints a message, which ends in a line break, on stderr, wrapped to the terminal. */
G_GNUC_PRINTF(1, 2)
void output_complain(const char *format, ...);

/* Prints "usageline: MESSAGE" on stderr. */
void output_report(const GError *error);
