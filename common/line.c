#include "common/line.h"

#include "common/duration.h"
#include "common/span.h"
#include "common/template.h"
#include "common/tooltip.h"

#include <math.h>
#include <string.h>

#define SEPARATOR " · "

/* How the default line calls a window; the weekly one needs no name. */
static const char *short_label(const struct window *window)
{
    static const struct {
        const char *id, *label;
    } labels[] = {
        {WINDOW_WEEKLY, ""},
        {WINDOW_SESSION, "5h "},
        {WINDOW_MONTHLY, "month "},
        {WINDOW_MONTHLY_CODE, "code "},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        if (strcmp(window->id, labels[i].id) == 0)
            return labels[i].label;
    }
    return NULL;
}

static void draw_percent(const struct view *view, const struct window *window, GPtrArray *spans)
{
    double percent = view_percent(view, window);
    g_autofree char *text = view_format_percent(percent);

    spans_add_format(spans, view_role(view, window), SPAN_PLAIN, "%s%s", text,
                     isnan(percent) ? "" : "%");
}

/* A space in front of the first item, a separator in front of the others. */
static void draw_gap(GPtrArray *spans, guint *items)
{
    bool is_first = (*items)++ == 0;

    if (spans->len > 0)
        spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, is_first ? " " : SEPARATOR);
}

static void draw_window(const struct view *view, const struct window *window, GPtrArray *spans,
                        guint *items)
{
    const char *label = short_label(window);

    draw_gap(spans, items);
    if (label)
        spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, label);
    else
        spans_add_format(spans, ROLE_NORMAL, SPAN_PLAIN, "%s ", window->label);
    draw_percent(view, window, spans);
}

/* Beside the weekly and the 5-hour window: the most constrained one, if it is neither of them; on
 * plans that have no weekly window, the monthly one. */
static const struct window *third_window(const struct view *view, const struct window *weekly,
                                         const struct window *session)
{
    if (view->top && view->top != weekly && view->top != session)
        return view->top;
    return weekly ? NULL : snapshot_window(view->snapshot, WINDOW_MONTHLY);
}

static void draw_default(const struct view *view, GPtrArray *spans)
{
    const struct window *weekly = snapshot_window(view->snapshot, WINDOW_WEEKLY);
    const struct window *session = snapshot_window(view->snapshot, WINDOW_SESSION);
    const struct window *shown[] = {weekly, session, third_window(view, weekly, session)};
    guint items = 0;

    spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
        if (shown[i])
            draw_window(view, shown[i], spans, &items);
    }
    if (items == 0 && view->snapshot->windows->len > 0)
        draw_window(view, view->snapshot->windows->pdata[0], spans, &items);
    if (view->top && view->top->resets_at > 0) {
        g_autofree char *left = duration_countdown(view->top->resets_at - view->now);
        draw_gap(spans, &items);
        spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, left);
    }
}

static void draw_short(const struct view *view, GPtrArray *spans)
{
    spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    if (spans->len > 0)
        spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, " ");
    if (view->top)
        draw_percent(view, view->top, spans);
    else
        spans_add(spans, ROLE_DIM, SPAN_PLAIN, "–");
}

/* Without a snapshot: "Kimi ! sign in" or "Kimi …". */
static void draw_state(const struct view *view, bool with_hint, GPtrArray *spans)
{
    spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    if (spans->len > 0)
        spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, " ");
    if (view->state == VIEW_LOADING) {
        spans_add(spans, ROLE_DIM, SPAN_PLAIN, "…");
        return;
    }
    spans_add(spans, ROLE_ERROR, SPAN_PLAIN, "!");
    if (with_hint)
        spans_add_format(spans, ROLE_ERROR, SPAN_PLAIN, " %s",
                         view_error_hint(usage_error_kind(view->error)));
}

/* A line has no line breaks; those of a template become spaces. */
static void join_lines(GPtrArray *spans)
{
    for (guint i = 0; i < spans->len; i++) {
        struct span *span = spans->pdata[i];
        g_strdelimit(span->text, "\n", ' ');
    }
}

static bool draw(struct line *line, const struct view *view, struct line_formats formats,
                 GError **error)
{
    if (!view->snapshot) {
        draw_state(view, true, line->text);
        draw_state(view, false, line->short_text);
        if (!formats.without_tooltip)
            tooltip_draw(view, line->tooltip);
        return true;
    }
    draw_short(view, line->short_text);
    if (!formats.text)
        draw_default(view, line->text);
    else if (!template_render(formats.text, view, line->text, error))
        return false;
    join_lines(line->text);
    if (formats.without_tooltip)
        return true;
    if (!formats.tooltip)
        tooltip_draw(view, line->tooltip);
    else
        return template_render(formats.tooltip, view, line->tooltip, error);
    return true;
}

static struct line *new_line(const struct view *view)
{
    struct line *line = g_new0(struct line, 1);

    line->state = view->state;
    line->severity = view->severity;
    line->has_error = view->error != NULL;
    if (view->error)
        line->kind = usage_error_kind(view->error);
    line->percent = view->top ? view_whole_percent(view->top->used_percent) : NAN;
    line->provider = g_strdup(view->provider);
    line->text = spans_new();
    line->short_text = spans_new();
    line->tooltip = spans_new();
    return line;
}

struct line *line_new(const struct view *view, struct line_formats formats)
{
    struct line *line = new_line(view);
    g_autoptr(GError) error = NULL;

    if (draw(line, view, formats, &error))
        return line;
    line_free(line);
    const struct view_settings settings = {.icon = view->icon};
    autoptr(view) wrong = view_new_error(view->provider, error, &settings, view->now);
    return line_new(wrong, (struct line_formats){0});
}

void line_free(struct line *line)
{
    if (!line)
        return;
    g_free(line->provider);
    g_ptr_array_unref(line->text);
    g_ptr_array_unref(line->short_text);
    g_ptr_array_unref(line->tooltip);
    g_free(line);
}

enum role line_role(const struct line *line)
{
    switch (line->state) {
    case VIEW_FRESH:
        return severity_role(line->severity);
    case VIEW_STALE:
        /* Old bad news is still bad news; old good news is not news. */
        return line->severity >= SEVERITY_WARNING ? severity_role(line->severity) : ROLE_STALE;
    case VIEW_ERROR:
        return ROLE_ERROR;
    case VIEW_LOADING:
        break;
    }
    return ROLE_DIM;
}
