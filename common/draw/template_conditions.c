#include "common/base/nearest.h"
#include "common/draw/canvas.h"
#include "common/draw/template_internal.h"

#include <math.h>
#include <string.h>

static bool is_stale(const struct view *view)
{
    return view->state == VIEW_STALE;
}

static bool is_remaining(const struct view *view)
{
    return view->remaining;
}

static bool is_refreshing(const struct view *view)
{
    return view->is_refreshing;
}

static const struct {
    const char *name;
    bool (*holds)(const struct view *view);
} switches[] = {
    {"stale", is_stale},
    {"remaining", is_remaining},
    {"refreshing", is_refreshing},
    {TEMPLATE_CODE, template_knows_code_share},
};

static bool find_switch(const char *name, const struct view *view, bool *holds)
{
    for (gsize i = 0; i < G_N_ELEMENTS(switches); i++) {
        if (strcmp(switches[i].name, name) != 0)
            continue;
        *holds = view && switches[i].holds(view);
        return true;
    }
    return false;
}

/* SEVERITY_UNKNOWN, which nobody can ask for, if there is none of this name. */
static enum severity find_severity(const char *name)
{
    for (enum severity severity = SEVERITY_OK; severity <= SEVERITY_EXHAUSTED; severity++) {
        if (strcmp(severity_name(severity), name) == 0)
            return severity;
    }
    return SEVERITY_UNKNOWN;
}

/* "weekly": there is such a window, and it is known how much of it is used; "weekly_critical". */
static bool find_window_condition(const char *name, const struct view *view, bool *holds)
{
    char id[TEMPLATE_ID];

    for (guint which = 0; which < TEMPLATE_WINDOWS; which++) {
        const char *rest = template_window(name, which, id);
        enum severity least = SEVERITY_OK;
        const struct window *window;

        if (rest && rest[0] == '_')
            least = find_severity(rest + 1);
        if (!rest || least == SEVERITY_UNKNOWN)
            continue;
        window = view ? template_find_window(view, id) : NULL;
        *holds = window && view_severity(view, window) >= least;
        return true;
    }
    return false;
}

static bool find_placeholder(const char *name, const struct view *view, bool *holds)
{
    struct placeholder placeholder;
    const char *wanted;

    if (!placeholder_find(name, NULL, &placeholder, &wanted))
        return false;
    *holds = false;
    if (view) {
        struct view asked = *view;
        autoptr(canvas) canvas = canvas_new();
        asked.changes_at = NULL; /* what is not drawn does not change */
        *holds = placeholder_draw(&placeholder, &asked, canvas);
    }
    return true;
}

bool condition_find(const char *name, const struct view *view, bool *holds)
{
    enum severity severity = find_severity(name);

    if (severity != SEVERITY_UNKNOWN) {
        *holds = view && view->severity >= severity;
        return true;
    }
    return find_switch(name, view, holds) || find_window_condition(name, view, holds) ||
           find_placeholder(name, view, holds);
}

void condition_add_names(GPtrArray *names)
{
    static const char *const windows[] = {WINDOW_SESSION, WINDOW_WEEKLY, WINDOW_MONTHLY,
                                          TEMPLATE_TOP};

    for (gsize i = 0; i < G_N_ELEMENTS(switches); i++)
        g_ptr_array_add(names, g_strdup(switches[i].name));
    for (enum severity severity = SEVERITY_OK; severity <= SEVERITY_EXHAUSTED; severity++) {
        g_ptr_array_add(names, g_strdup(severity_name(severity)));
        for (gsize i = 0; i < G_N_ELEMENTS(windows); i++)
            g_ptr_array_add(names, g_strconcat(windows[i], "_", severity_name(severity), NULL));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(windows); i++)
        g_ptr_array_add(names, g_strdup(windows[i]));
}

/* The name that says the same by now; NULL: there is none. The share of code was a window once: of
 * its percentages one is left, and all else was the month's. */
static char *find_successor(const char *name, bool (*exists)(const char *name))
{
    const char *rest = name + strlen(TEMPLATE_CODE "_");

    if (!g_str_has_prefix(name, TEMPLATE_CODE "_"))
        return NULL;
    g_autofree char *of_month = g_strconcat(WINDOW_MONTHLY "_", rest, NULL);
    if (!exists(of_month))
        return NULL;
    return g_str_has_suffix(rest, "_pct") || strcmp(rest, "bar") == 0
               ? g_strdup(TEMPLATE_CODE "_pct")
               : g_steal_pointer(&of_month);
}

static bool is_placeholder(const char *name)
{
    bool holds;

    return find_placeholder(name, NULL, &holds);
}

static bool is_condition(const char *name)
{
    bool holds;

    return condition_find(name, NULL, &holds);
}

char *placeholder_nearest(const char *name)
{
    char *successor = find_successor(name, is_placeholder);

    if (successor)
        return successor;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    template_add_names(name, names);
    return g_strdup(nearest_word(name, names));
}

char *condition_nearest(const char *name)
{
    char *successor = find_successor(name, is_condition);

    if (successor)
        return successor;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    condition_add_names(names);
    template_add_names(name, names);
    return g_strdup(nearest_word(name, names));
}
