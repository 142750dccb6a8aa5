/* Inside of template.c: what a template can show and ask for, each by its name. */
#pragma once

#include "common/draw/view.h"

#define TEMPLATE_UNKNOWN "–"            /* is drawn where something is not known */
#define TEMPLATE_TOP     "top"          /* the name of the window that view->top is */
#define TEMPLATE_ID      72             /* bytes of a window's id, more than an answer may have */
#define TEMPLATE_CODE    "monthly_code" /* the name of the share of the month that was code */

/* {NAME:ARGUMENT} */
struct placeholder {
    const struct field *field;
    char window[TEMPLATE_ID]; /* id of the window, or "top"; "": it is about no window */
    int cells;                /* argument of a gauge */
    bool seconds;             /* argument of a countdown */
};

/* {?NAME …} */
enum condition_type {
    CONDITION_STALE,
    CONDITION_REMAINING,
    CONDITION_REFRESHING,
    CONDITION_CODE,     /* it is known how much of the month was code */
    CONDITION_SEVERITY, /* at least `least` */
    CONDITION_WINDOW,   /* that of the placeholder: its severity is at least `least` */
    CONDITION_TEXT,     /* the placeholder has something to draw */
};

struct condition {
    enum condition_type type;
    enum severity least;
    struct placeholder placeholder;
};

/* False if there is no placeholder of this name. `argument` NULL: it has none. An argument that is
 * wrong sets `wanted` to a sentence for _() that tells what would be right; else it is NULL. */
bool placeholder_find(const char *name, const char *argument, struct placeholder *placeholder,
                      const char **wanted);

/* Draws the placeholder, or its fallback if there is nothing to draw, and then returns false. */
bool placeholder_draw(const struct placeholder *placeholder, const struct view *view,
                      struct canvas *canvas);

/* False if there is no condition of this name. */
bool condition_find(const char *name, struct condition *condition);
bool condition_holds(const struct condition *condition, const struct view *view);

/* The name of a placeholder, or of a condition, that is most like this one, "session_pct" for
 * "sesion_pct"; NULL if none is like it. The caller frees it. */
char *template_nearest(const char *name, bool is_condition);

/* If the name begins with the id of a window, copies that id and returns the rest of the name, ""
 * or "_…"; else NULL. */
const char *template_parse_window(const char *name, char id[TEMPLATE_ID]);

/* The window, which belongs to the view; NULL if the plan has none such. */
const struct window *template_find_window(const struct view *view, const char *id);

/* The share of code in this month; NULL: unknown. */
const struct share *template_find_code_share(const struct view *view);

/* Adds the names of all conditions that are not names of placeholders too. The array frees them. */
void condition_add_names(GPtrArray *names);

/* Adds the names of all placeholders, and those of the window that `like` names, if it does. The
 * array frees them. */
void placeholder_add_names(const char *like, GPtrArray *names);
