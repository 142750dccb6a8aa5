/* What lines and tooltips are drawn on: text in spans that have a role and a style, before any
 * bar's syntax (markup.h). What is added is made printable here, so it can't break out of its line.
 *
 *     autoptr(canvas) canvas = canvas_new();
 *
 *     canvas_add(canvas, ROLE_ACCENT, SPAN_BOLD, snapshot->name);
 *     canvas_break(canvas);
 *     canvas_add_format(canvas, ROLE_DIM, SPAN_PLAIN, "%d%%", 5);
 */
#pragma once

#include "common/base/autoptr.h"
#include "common/usage/severity.h"

#include <glib.h>

enum span_style {
    SPAN_PLAIN = 0,
    SPAN_BOLD = 1 << 0,
    SPAN_MONOSPACE = 1 << 1, /* for columns */
    SPAN_SMALL = 1 << 2,     /* where there are sizes: for a little space between lines */
};

struct span {
    enum role role;
    enum span_style style;
    gsize length; /* bytes of the canvas' text, behind those of the spans before it */
};

struct canvas {
    GString *text;
    GArray *spans;     /* of struct span */
    gint64 changes_at; /* seconds since 1970: when something drawn will read differently, though
                        * nothing new is known; 0: never */
};

struct canvas *canvas_new(void);
void canvas_free(struct canvas *canvas);
DEFINE_AUTOPTR(canvas, canvas_free);

/* Adds text on one line: line breaks and what is not printable become spaces. */
void canvas_add(struct canvas *canvas, enum role role, enum span_style style, const char *text);

G_GNUC_PRINTF(4, 5)
void canvas_add_format(struct canvas *canvas, enum role role, enum span_style style,
                       const char *format, ...);

/* Adds `cell`, which must be printable, `count` times. */
void canvas_add_repeated(struct canvas *canvas, enum role role, enum span_style style,
                         const char *cell, guint count);

/* Begins a new line. */
void canvas_break(struct canvas *canvas);

/* Adds text of several lines, such as an error's message; indented ones are monospaced. */
void canvas_add_lines(struct canvas *canvas, enum role role, const char *text);

/* Returns a copy in which no line has more than `columns` unless one of its words has, for the
 * caller to free. A line goes on below its second column if it is a row of a table, below the text
 * of an item in a list, and below its own beginning otherwise. */
struct canvas *canvas_wrap(const struct canvas *canvas, guint columns);

/* Replaces all line breaks by spaces. */
void canvas_join_lines(struct canvas *canvas);

/* Records that something drawn will read differently at `when`, unless that is past or later than
 * what is recorded (all seconds since 1970). */
void canvas_note_change(struct canvas *canvas, gint64 when, gint64 now);
