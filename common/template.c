#include "common/template.h"

#include "common/span.h"

#include <math.h>
#include <string.h>

static void put_percent(const struct view *view, const struct window *window, double percent,
                        GPtrArray *spans)
{
    g_autofree char *text = view_format_percent(percent);

    spans_add(spans, view_role(view, window), SPAN_PLAIN, text);
}

static void put_used_percent(const struct view *view, const struct window *window, GPtrArray *spans)
{
    put_percent(view, window, view_percent(view, window), spans);
}

static void put_left_percent(const struct view *view, const struct window *window, GPtrArray *spans)
{
    /* Of what is shown as used, so that the two make 100. */
    double used = view_whole_percent(view_percent(view, window));

    put_percent(view, window, isnan(used) ? NAN : MAX(0, 100 - used), spans);
}

static void put_reset(const struct view *view, const struct window *window, GPtrArray *spans)
{
    g_autofree char *text =
        window->resets_at > 0 ? view_countdown(view, window->resets_at, false) : g_strdup("–");

    spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, text);
}

static void put_count(double count, GPtrArray *spans)
{
    if (isnan(count))
        spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, "–");
    else
        spans_add_format(spans, ROLE_NORMAL, SPAN_PLAIN, "%.0f", count);
}

static void put_used(const struct view *view, const struct window *window, GPtrArray *spans)
{
    put_count(window_has_reset(window, view->snapshot, view->now) ? NAN : window->used, spans);
}

static void put_limit(const struct view *view, const struct window *window, GPtrArray *spans)
{
    (void)view;
    put_count(window->limit, spans);
}

/* What can be said of a window: "{session_" + name + "}". */
static const struct {
    const char *name;
    void (*put)(const struct view *view, const struct window *window, GPtrArray *spans);
} window_fields[] = {
    {"pct", put_used_percent}, {"left_pct", put_left_percent}, {"reset", put_reset},
    {"used", put_used},        {"limit", put_limit},
};

/* The windows that have placeholders. */
static const char *const windows[] = {WINDOW_SESSION, WINDOW_WEEKLY, WINDOW_MONTHLY,
                                      WINDOW_MONTHLY_CODE, "top"};

static const char *icon_of(const struct view *view)
{
    return view->icon;
}

static const char *name_of(const struct view *view)
{
    return view->snapshot ? view->snapshot->name : view->provider;
}

static const char *plan_of(const struct view *view)
{
    return view->snapshot ? view->snapshot->plan : NULL;
}

static const struct {
    const char *name;
    const char *(*get)(const struct view *view);
} general_fields[] = {{"icon", icon_of}, {"name", name_of}, {"plan", plan_of}};

char *template_placeholders(void)
{
    GString *list = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(general_fields); i++)
        g_string_append_printf(list, "{%s} ", general_fields[i].name);
    for (gsize i = 0; i < G_N_ELEMENTS(windows); i++) {
        for (gsize k = 0; k < G_N_ELEMENTS(window_fields); k++)
            g_string_append_printf(list, "{%s_%s} ", windows[i], window_fields[k].name);
    }
    g_string_truncate(list, list->len - 1);
    return g_string_free(list, FALSE);
}

static const struct window *find_window(const struct view *view, const char *id)
{
    if (strcmp(id, "top") == 0)
        return view->top;
    return view->snapshot ? snapshot_window(view->snapshot, id) : NULL;
}

/* Without a view only looks whether there is such a placeholder. */
static bool put_window_field(const char *name, const struct view *view, GPtrArray *spans)
{
    for (gsize i = 0; i < G_N_ELEMENTS(windows); i++) {
        gsize length = strlen(windows[i]);

        if (strncmp(name, windows[i], length) != 0 || name[length] != '_')
            continue;
        for (gsize k = 0; k < G_N_ELEMENTS(window_fields); k++) {
            const struct window *window;

            if (strcmp(name + length + 1, window_fields[k].name) != 0)
                continue;
            window = view ? find_window(view, windows[i]) : NULL;
            if (window)
                window_fields[k].put(view, window, spans);
            else if (view)
                spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, "–");
            return true;
        }
    }
    return false;
}

static bool put_placeholder(const char *name, const struct view *view, GPtrArray *spans)
{
    for (gsize i = 0; i < G_N_ELEMENTS(general_fields); i++) {
        if (strcmp(name, general_fields[i].name) != 0)
            continue;
        const char *text = view ? general_fields[i].get(view) : NULL;
        if (view)
            spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, text ? text : "–");
        return true;
    }
    return put_window_field(name, view, spans);
}

static bool fail_unknown(const char *name, GError **error)
{
    g_autofree char *known = template_placeholders();

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                "the format has an unknown placeholder {%s}; known are %s", name, known);
    return false;
}

static bool fail_at(const char *text, const char *at, const char *what, GError **error)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                "the format has %s at character %ld; write {{ or }} for a brace itself", what,
                g_utf8_strlen(text, at - text) + 1);
    return false;
}

static void flush(GString *literal, GPtrArray *spans)
{
    if (spans)
        spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, literal->str);
    g_string_truncate(literal, 0);
}

/* Takes what begins with a brace at *p. */
static bool take_brace(const char *text, const char **p, GString *literal, const struct view *view,
                       GPtrArray *spans, GError **error)
{
    const char *end;

    if ((*p)[0] == (*p)[1]) {
        g_string_append_c(literal, **p);
        *p += 2;
        return true;
    }
    if (**p == '}')
        return fail_at(text, *p, "a } without its {", error);
    end = strpbrk(*p + 1, "{}");
    if (!end || *end == '{')
        return fail_at(text, *p, "a { without its }", error);
    flush(literal, spans);
    g_autofree char *name = g_strndup(*p + 1, (gsize)(end - *p - 1));
    if (!put_placeholder(name, view, spans))
        return fail_unknown(name, error);
    *p = end + 1;
    return true;
}

static bool walk(const char *text, const struct view *view, GPtrArray *spans, GError **error)
{
    g_autoptr(GString) literal = g_string_new(NULL);

    for (const char *p = text; *p != '\0';) {
        if (*p == '{' || *p == '}') {
            if (!take_brace(text, &p, literal, view, spans, error))
                return false;
        } else if (*p == '\n' || (p[0] == '\\' && p[1] == 'n')) {
            flush(literal, spans);
            if (spans)
                spans_break(spans);
            p += *p == '\n' ? 1 : 2;
        } else {
            g_string_append_c(literal, *p++);
        }
    }
    flush(literal, spans);
    return true;
}

bool template_render(const char *text, const struct view *view, GPtrArray *spans, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    guint before = spans->len;

    if (walk(valid, view, spans, error))
        return true;
    g_ptr_array_set_size(spans, (int)before);
    return false;
}

bool template_check(const char *text, GError **error)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    return walk(valid, NULL, NULL, error);
}
