/* Inside of template.c: what a template can say and ask for, each by its name. */
#pragma once

#include "common/draw/view.h"

#define TEMPLATE_UNKNOWN "–"            /* stands in the place of something that is not known */
#define TEMPLATE_TOP     "top"          /* names the chosen window, else the most constrained one */
#define TEMPLATE_ID      72             /* bytes of a window's id, more than an answer may have */
#define TEMPLATE_WINDOWS 5              /* ways to name a window */
#define TEMPLATE_CODE    "monthly_code" /* names the share of the month that was code */

/* A placeholder that was understood. */
struct placeholder {
    const struct field *field;
    char window[TEMPLATE_ID]; /* id of the window, or "top"; "": it is of none */
    int cells;                /* argument of a gauge */
    bool seconds;             /* argument of a countdown */
};

/* False if there is no placeholder of this name. A wrong argument sets `wanted` to what would be
 * right, as a sentence for _(), else it is NULL; `argument` may be NULL. */
bool placeholder_find(const char *name, const char *argument, struct placeholder *placeholder,
                      const char **wanted);

/* Appends what it says of the view, or what stands for nothing; false if there is nothing to say.
 */
bool placeholder_draw(const struct placeholder *placeholder, const struct view *view,
                      struct canvas *canvas);

/* Whether there is a condition of this name. Without a view none holds. */
bool condition_find(const char *name, const struct view *view, bool *holds);

/* The name that is most like this one, "session_pct" for "sesion_pct"; NULL if none is like it. The
 * caller frees it. */
char *placeholder_nearest(const char *name);
char *condition_nearest(const char *name);

/* If the name begins with the id of a window that is named in this way (below TEMPLATE_WINDOWS),
 * that id and the rest of the name: "" or "_…"; else NULL. */
const char *template_window(const char *name, guint which, char id[TEMPLATE_ID]);

/* The window, which belongs to the view; NULL if the plan has none such. */
const struct window *template_find_window(const struct view *view, const char *id);

/* Whether it is known how much of the month was code. */
bool template_knows_code_share(const struct view *view);

/* Adds the names of all conditions that are not names of placeholders, allocated. */
void condition_add_names(GPtrArray *names);

/* Adds the names of all placeholders, allocated; with those of the window that is named in `like`.
 */
void template_add_names(const char *like, GPtrArray *names);
