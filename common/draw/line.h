/* What a bar shows, drawn but not yet in any bar's syntax (adapter.h). */
#pragma once

#include "common/draw/template.h"
#include "common/draw/view.h"

/* The user's own templates; NULL: what is drawn by default. */
struct line_formats {
    struct template *text;
    struct template *short_text;
    struct template *window; /* the text while a window is chosen (view_settings.window) */
    struct template *tooltip;
};

/* Frees the templates, of a struct that owns them. */
void line_formats_clear(struct line_formats *formats);

struct line {
    const struct view *view;   /* not owned */
    struct canvas *text;       /* the full line */
    struct canvas *short_text; /* the shortest with the most important number */
    struct canvas *tooltip;    /* with line breaks; empty if the settings ask for none */
};

/* The view must outlive the line; the formats need not. */
struct line *line_new(const struct view *view, struct line_formats formats);
void line_free(struct line *line);
DEFINE_AUTOPTR(line, line_free);

/* The earliest moment at which one of the two texts will read differently, as canvas.changes_at. */
gint64 line_text_changes_at(const struct line *line);

/* The role in which a bar that knows one colour a block should draw the whole line. */
enum role line_role(const struct line *line);
