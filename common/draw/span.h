/* Drawn text before any bar's syntax: pieces with a role. What is added is cleaned here (one line,
 * printable), and escaped in markup.c; so text from outside can be neither. */
#pragma once

#include "common/usage/severity.h"

#include <glib.h>

enum span_style {
    SPAN_PLAIN = 0,
    SPAN_BOLD = 1 << 0,
    SPAN_MONOSPACE = 1 << 1, /* for columns */
};

struct span {
    enum role role;
    enum span_style style;
    char *text;
};

/* An array of struct span, which owns them; g_ptr_array_unref. */
GPtrArray *spans_new(void);

void spans_add(GPtrArray *spans, enum role role, enum span_style style, const char *text);

G_GNUC_PRINTF(4, 5)
void spans_add_format(GPtrArray *spans, enum role role, enum span_style style, const char *format,
                      ...);

/* A line break, for tooltips. */
void spans_break(GPtrArray *spans);

/* Text of several lines, such as an error's message; indented ones are monospaced. */
void spans_add_lines(GPtrArray *spans, enum role role, const char *text);
