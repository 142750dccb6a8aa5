/* Output for people: how it may look, and the parts that commands share. */
#pragma once

#include "cli/base/context.h"

#include <stdio.h>

/* False if NO_COLOR is set and not empty (https://no-color.org). */
bool output_has_color(const struct context *context);

/* Whether standard output is a terminal that shows colours, and NO_COLOR is not set. */
bool output_is_rich(const struct context *context);

/* Prints "  TERM  TEXT", a row of a help text; the term is padded to `columns`. */
void output_print_row(FILE *stream, guint columns, const char *term, const char *text);

/* Prints "usageline: MESSAGE" on stderr. */
void output_report(const GError *error);
