#include "common/base/nearest.h"
#include "common/draw/template_internal.h"

#include <string.h>

static bool condition_is_stale(const struct condition *condition, const struct view *view)
{
    (void)condition;
    return view->state == VIEW_STALE;
}

static bool condition_is_remaining(const struct condition *condition, const struct view *view)
{
    (void)condition;
    return view->settings.remaining;
}

static bool condition_is_refreshing(const struct condition *condition, const struct view *view)
{
    (void)condition;
    return view->settings.is_refreshing;
}

static bool condition_knows_code_share(const struct condition *condition, const struct view *view)
{
    (void)condition;
    return template_knows_code_share(view);
}

static const struct {
    const char *name;
    bool (*holds)(const struct condition *condition, const struct view *view);
} switches[] = {
    {"stale", condition_is_stale},
    {"remaining", condition_is_remaining},
    {"refreshing", condition_is_refreshing},
    {TEMPLATE_CODE, condition_knows_code_share},
};

static bool condition_find_switch(const char *name, struct condition *condition)
{
    for (gsize i = 0; i < G_N_ELEMENTS(switches); i++) {
        if (strcmp(switches[i].name, name) == 0) {
            condition->holds = switches[i].holds;
            return true;
        }
    }
    return false;
}

/* SEVERITY_UNKNOWN, which no condition can ask for, if there is none of this name. */
static enum severity condition_find_severity(const char *name)
{
    enum severity severity = SEVERITY_UNKNOWN;

    severity_from_name(name, &severity);
    return severity;
}

static bool condition_view_is_as_bad(const struct condition *condition, const struct view *view)
{
    return view->severity >= condition->least;
}

static bool condition_window_is_as_bad(const struct condition *condition, const struct view *view)
{
    const struct window *window = template_find_window(view, condition->placeholder.window);

    return window && view_severity(view, window) >= condition->least;
}

/* "weekly": there is such a window, and it is known how much of it is used; "weekly_critical". */
static bool condition_find_window(const char *name, struct condition *condition)
{
    const char *rest = template_parse_window(name, condition->placeholder.window);

    if (!rest)
        return false;
    condition->least = rest[0] == '_' ? condition_find_severity(rest + 1) : SEVERITY_OK;
    condition->holds = condition_window_is_as_bad;
    return condition->least != SEVERITY_UNKNOWN;
}

/* Draws on a canvas of its own, because what is not shown does not change either. */
static bool condition_has_text(const struct condition *condition, const struct view *view)
{
    autoptr(canvas) canvas = canvas_new();

    return placeholder_draw(&condition->placeholder, view, canvas);
}

bool condition_find(const char *name, struct condition *condition)
{
    const char *wanted;

    *condition = (struct condition){.least = condition_find_severity(name)};
    if (condition->least != SEVERITY_UNKNOWN) {
        condition->holds = condition_view_is_as_bad;
        return true;
    }
    if (condition_find_switch(name, condition) || condition_find_window(name, condition))
        return true;
    condition->holds = condition_has_text;
    return placeholder_find(name, NULL, &condition->placeholder, &wanted);
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

static bool condition_is_placeholder(const char *name)
{
    struct placeholder placeholder;
    const char *wanted;

    return placeholder_find(name, NULL, &placeholder, &wanted);
}

static bool condition_exists(const char *name)
{
    struct condition condition;

    return condition_find(name, &condition);
}

/* The name that means the same today; NULL: there is none. The share of code was once a window of
 * its own, of which one percentage is left; everything else was the month's. */
static char *condition_find_successor(const char *name, bool (*exists)(const char *name))
{
    const char *rest = name + strlen(TEMPLATE_CODE "_");

    if (!g_str_has_prefix(name, TEMPLATE_CODE "_"))
        return NULL;
    g_autofree char *month_name = g_strconcat(WINDOW_MONTHLY "_", rest, NULL);
    if (!exists(month_name))
        return NULL;
    return g_str_has_suffix(rest, "_pct") || strcmp(rest, "bar") == 0
               ? g_strdup(TEMPLATE_CODE "_pct")
               : g_steal_pointer(&month_name);
}

char *placeholder_nearest(const char *name)
{
    char *successor = condition_find_successor(name, condition_is_placeholder);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    placeholder_add_names(name, names);
    return successor ? successor : g_strdup(nearest_word(name, names));
}

char *condition_nearest(const char *name)
{
    char *successor = condition_find_successor(name, condition_exists);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    condition_add_names(names);
    placeholder_add_names(name, names);
    return successor ? successor : g_strdup(nearest_word(name, names));
}
