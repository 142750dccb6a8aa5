/* Output for people: how it may look, and the parts that commands share. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

/* False if NO_COLOR is set and not empty (https://no-color.org). */
bool output_has_color(void);

/* Whether stdout is a terminal that understands colours, and NO_COLOR is not set. */
bool output_is_rich(void);

/* Prints "  TERM  TEXT", a row of a help text; the term is padded to `columns`. */
void output_print_row(FILE *stream, guint columns, const char *term, const char *text);

/* Prints "usageline: MESSAGE" on stderr. */
void output_report(const GError *error);
