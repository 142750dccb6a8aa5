#include "common/base/text.h"
#include "common/draw/template_internal.h"

#include <string.h>

/* Those with a name of their own. */
static const char *const condition_names[] = {
    [CONDITION_STALE] = "stale",
    [CONDITION_REMAINING] = "remaining",
    [CONDITION_REFRESHING] = "refreshing",
    [CONDITION_CODE] = TEMPLATE_CODE,
};

/* "weekly": there is such a window, and it is known how much of it is used; "weekly_critical". */
static bool condition_find_window(const char *name, struct condition *condition)
{
    const char *rest = template_parse_window(name, condition->placeholder.window);

    condition->type = CONDITION_WINDOW;
    condition->least = SEVERITY_OK;
    return rest && (rest[0] == '\0' || severity_from_name(rest + 1, &condition->least)) &&
           condition->least != SEVERITY_UNKNOWN;
}

bool condition_find(const char *name, struct condition *condition)
{
    const char *wanted;

    *condition = (struct condition){0};
    for (enum condition_type type = 0; type < G_N_ELEMENTS(condition_names); type++) {
        condition->type = type;
        if (strcmp(condition_names[type], name) == 0)
            return true;
    }
    condition->type = CONDITION_SEVERITY;
    if (severity_from_name(name, &condition->least) && condition->least != SEVERITY_UNKNOWN)
        return true;
    if (condition_find_window(name, condition))
        return true;
    condition->type = CONDITION_TEXT;
    return placeholder_find(name, NULL, &condition->placeholder, &wanted);
}

static bool condition_window_is_as_bad(const struct condition *condition, const struct view *view)
{
    const struct window *window = template_find_window(view, condition->placeholder.window);

    return window && view_severity(view, window) >= condition->least;
}

/* Draws on a canvas of its own, because what is not shown does not change either. */
static bool condition_has_text(const struct condition *condition, const struct view *view)
{
    autoptr(canvas) canvas = canvas_new();

    return placeholder_draw(&condition->placeholder, view, canvas);
}

bool condition_holds(const struct condition *condition, const struct view *view)
{
    switch (condition->type) {
    case CONDITION_STALE:
        return view->state == VIEW_STALE;
    case CONDITION_REMAINING:
        return view->settings.remaining;
    case CONDITION_REFRESHING:
        return view->settings.is_refreshing;
    case CONDITION_CODE:
        return template_find_code_share(view) != NULL;
    case CONDITION_SEVERITY:
        return view->severity >= condition->least;
    case CONDITION_WINDOW:
        return condition_window_is_as_bad(condition, view);
    case CONDITION_TEXT:
        break;
    }
    return condition_has_text(condition, view);
}

void condition_add_names(GPtrArray *names)
{
    static const char *const windows[] = {WINDOW_SESSION, WINDOW_WEEKLY, WINDOW_MONTHLY,
                                          TEMPLATE_TOP};

    for (gsize i = 0; i < G_N_ELEMENTS(condition_names); i++)
        g_ptr_array_add(names, g_strdup(condition_names[i]));
    for (enum severity severity = SEVERITY_OK; severity <= SEVERITY_EXHAUSTED; severity++) {
        g_ptr_array_add(names, g_strdup(severity_name(severity)));
        for (gsize i = 0; i < G_N_ELEMENTS(windows); i++)
            g_ptr_array_add(names, g_strconcat(windows[i], "_", severity_name(severity), NULL));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(windows); i++)
        g_ptr_array_add(names, g_strdup(windows[i]));
}

/* The name that means the same today; NULL: there is none. The share of code was once a window of
 * its own, of which one percentage is left; everything else was the month's. */
static char *template_find_successor(const char *name, bool is_condition)
{
    const char *rest = name + strlen(TEMPLATE_CODE "_"), *wanted;
    struct condition condition;

    if (!g_str_has_prefix(name, TEMPLATE_CODE "_"))
        return NULL;
    g_autofree char *month_name = g_strconcat(WINDOW_MONTHLY "_", rest, NULL);
    if (is_condition ? !condition_find(month_name, &condition)
                     : !placeholder_find(month_name, NULL, &condition.placeholder, &wanted))
        return NULL;
    return g_str_has_suffix(rest, "_pct") || strcmp(rest, "bar") == 0
               ? g_strdup(TEMPLATE_CODE "_pct")
               : g_steal_pointer(&month_name);
}

char *template_nearest(const char *name, bool is_condition)
{
    char *successor = template_find_successor(name, is_condition);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    if (is_condition)
        condition_add_names(names);
    placeholder_add_names(name, names);
    return successor ? successor : g_strdup(text_nearest(name, names));
}
