/* The rows of a help text. */
#pragma once

#include <glib.h>
#include <stdio.h>

/* Prints "  TERM  TEXT" on a line; the term is padded to so many columns. */
void help_row(FILE *stream, guint columns, const char *term, const char *text);
