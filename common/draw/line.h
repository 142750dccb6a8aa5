/* What a bar shows, drawn but not yet in any bar's syntax. */
#pragma once

#include "common/draw/view.h"

/* The user's own templates (template.h); NULL: the default. */
struct line_formats {
    const char *text;
    const char *tooltip;
    bool without_tooltip; /* the bar has none: it is left empty */
    bool proportional;    /* the tooltip is shown in a font in which nothing lines up */
    const char *short_text;
    const char *window; /* the text while a window is chosen (view_settings.window) */
};

struct line {
    enum view_state state;
    enum severity severity; /* of the window below */
    bool is_chosen;         /* the user has chosen that window */
    bool is_refreshing;     /* a refresh that somebody asked for is under way */
    bool has_error;         /* the last attempt failed, or the configuration is wrong, and the user
                             * should know … */
    enum usage_error kind;  /* … in this way */
    double percent;         /* used (left, if that is said) of the window that was chosen, else of
                             * the most constrained one, as shown; NAN: not known */
    char *provider;
    struct canvas *text;       /* the full line */
    struct canvas *short_text; /* the shortest that still says it */
    struct canvas *tooltip;    /* with line breaks */

    /* The earliest moment (seconds since 1970) at which one of the two texts, and the tooltip, read
     * or are judged otherwise, though nothing new is known; 0: never. */
    gint64 text_changes_at, tooltip_changes_at;
};

/* Draws the line. A template that is wrong gives a line that says so. */
struct line *line_new(const struct view *view, struct line_formats formats);
void line_free(struct line *line);
DEFINE_AUTOPTR(line, line_free);

/* The role in which a bar that knows one colour a block should draw the whole line. */
enum role line_role(const struct line *line);
