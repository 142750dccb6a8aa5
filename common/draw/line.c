#include "common/draw/line.h"

#include "common/base/i18n.h"
#include "common/draw/canvas.h"
#include "common/draw/template.h"
#include "common/draw/tooltip.h"
#include "common/usage/percent.h"

#include <math.h>
#include <string.h>

#define SEPARATOR " · "

/* How the default line calls a window; the weekly one needs no name. */
static const char *short_label(const struct window *window)
{
    static const struct {
        const char *id, *label;
    } labels[] = {
        /* Translators: names of windows for a bar, as short as they can be. */
        {WINDOW_SESSION, N_("5h")},
        {WINDOW_MONTHLY, N_("month")},
    };

    if (strcmp(window->id, WINDOW_WEEKLY) == 0)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        if (strcmp(window->id, labels[i].id) == 0)
            return _(labels[i].label);
    }
    return window->label;
}

static void draw_percent(const struct view *view, const struct window *window,
                         struct canvas *canvas)
{
    double percent = view_said_percent(view, window);
    g_autofree char *text = percent_format(percent);

    canvas_add_format(canvas, view_role(view, window), SPAN_PLAIN, "%s%s", text,
                      isnan(percent) ? "" : "%");
}

enum side {
    SIDE_FRONT,
    SIDE_BEHIND,
};

/* The word that tells what the percentages are, if they are not those of use: what of it stands in
 * front of them, or behind. */
static void draw_left(const struct view *view, const struct window *window, enum side side,
                      struct canvas *canvas)
{
    if (!view->remaining || isnan(view_percent(view, window)))
        return;
    /* Translators: %s is what is left of the plan, "70%" or several such as "70% · 5h 30%". */
    const char *text = _("%s left"), *place = strstr(text, "%s");
    g_autofree char *front = g_strndup(text, place ? (gsize)(place - text) : 0);

    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN,
               side == SIDE_FRONT ? front
               : place            ? place + strlen("%s")
                                  : text);
}

/* A space in front of the first item, a separator in front of the others. */
static void draw_gap(struct canvas *canvas, guint *items)
{
    bool is_first = (*items)++ == 0;

    if (canvas->spans->len > 0)
        canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, is_first ? " " : SEPARATOR);
}

/* The first and the last with a percentage: there it is told what the percentages are. */
struct ends {
    const struct window *first, *last;
};

static void draw_window(const struct view *view, const struct window *window, struct ends known,
                        struct canvas *canvas, guint *items)
{
    const char *label = short_label(window);

    draw_gap(canvas, items);
    if (label)
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s ", label);
    if (window == known.first)
        draw_left(view, window, SIDE_FRONT, canvas);
    draw_percent(view, window, canvas);
    if (window == known.last)
        draw_left(view, window, SIDE_BEHIND, canvas);
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

static struct ends find_known(const struct view *view, const struct window *const *windows,
                              gsize count)
{
    struct ends known = {0};

    for (gsize i = 0; i < count; i++) {
        if (!windows[i] || isnan(view_percent(view, windows[i])))
            continue;
        known.first = known.first ? known.first : windows[i];
        known.last = windows[i];
    }
    return known;
}

static void draw_reset(const struct view *view, struct canvas *canvas, guint *items)
{
    if (!view->top || view->top->resets_at == 0)
        return;
    g_autofree char *left = view_countdown(view, view->top->resets_at, false);
    draw_gap(canvas, items);
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, left);
}

static void draw_default(const struct view *view, struct canvas *canvas)
{
    const struct window *weekly = snapshot_window(view->snapshot, WINDOW_WEEKLY);
    const struct window *session = snapshot_window(view->snapshot, WINDOW_SESSION);
    const struct window *shown[] = {weekly, session, third_window(view, weekly, session)};
    struct ends known = find_known(view, shown, G_N_ELEMENTS(shown));
    guint items = 0;

    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
        if (shown[i])
            draw_window(view, shown[i], known, canvas, &items);
    }
    if (items == 0 && view->snapshot->windows->len > 0)
        draw_window(view, view->snapshot->windows->pdata[0], known, canvas, &items);
    draw_reset(view, canvas, &items);
}

static void draw_said(const struct view *view, const struct window *window, struct canvas *canvas)
{
    draw_left(view, window, SIDE_FRONT, canvas);
    draw_percent(view, window, canvas);
    draw_left(view, window, SIDE_BEHIND, canvas);
}

/* The window that the user has chosen, with its name in full. */
static void draw_chosen(const struct view *view, struct canvas *canvas)
{
    guint items = 0;

    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    draw_gap(canvas, &items);
    canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s ", view->top->label);
    draw_said(view, view->top, canvas);
    draw_reset(view, canvas, &items);
}

static void draw_short(const struct view *view, struct canvas *canvas)
{
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    if (canvas->spans->len > 0)
        canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, " ");
    if (view->top) {
        draw_said(view, view->top, canvas);
    } else {
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, "–");
    }
}

/* Without a snapshot: "Kimi ! sign in", "Kimi …", or "Kimi –" until a credential is renewed. */
static void draw_state(const struct view *view, bool with_hint, struct canvas *canvas)
{
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    if (canvas->spans->len > 0)
        canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, " ");
    if (view->state == VIEW_LOADING) {
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, view->error ? "–" : "…");
        return;
    }
    canvas_add(canvas, ROLE_ERROR, SPAN_PLAIN, "!");
    if (with_hint)
        canvas_add_format(canvas, ROLE_ERROR, SPAN_PLAIN, " %s",
                          view_error_hint(usage_error_kind(view->error)));
}

/* Also behind a template, unless that tells it itself. */
static void draw_refreshing(const struct view *view, const char *template, struct canvas *canvas)
{
    if (view->is_refreshing && !(template && template_tells_refreshing(template)))
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, " ↻");
}

static bool draw_text(const struct view *view, const char *template, struct canvas *canvas,
                      void (*draw_otherwise)(const struct view *view, struct canvas *canvas),
                      GError **error)
{
    if (!template)
        draw_otherwise(view, canvas);
    else if (!template_render(template, view, canvas, error))
        return false;
    canvas_join_lines(canvas); /* those of a template */
    return true;
}

/* Without a snapshot templates say nothing. */
static void draw_without_snapshot(struct line *line, const struct view *view)
{
    draw_state(view, true, line->text);
    draw_state(view, false, line->short_text);
    draw_refreshing(view, NULL, line->text);
}

static bool draw_texts(struct line *line, const struct view *view, struct line_formats formats,
                       GError **error)
{
    const char *text = view->is_chosen ? formats.window : formats.text;

    if (!view->snapshot) {
        draw_without_snapshot(line, view);
        return true;
    }
    view_note_end(view);
    if (!draw_text(view, formats.short_text, line->short_text, draw_short, error) ||
        !draw_text(view, text, line->text, view->is_chosen ? draw_chosen : draw_default, error))
        return false;
    draw_refreshing(view, text, line->text);
    return true;
}

static bool draw_tooltip(struct line *line, const struct view *view, struct line_formats formats,
                         GError **error)
{
    if (formats.without_tooltip)
        return true;
    view_note_end(view);
    if (view->snapshot && formats.tooltip)
        return template_render(formats.tooltip, view, line->tooltip, error);
    tooltip_draw(view, !formats.proportional, line->tooltip);
    return true;
}

static struct line *new_line(const struct view *view)
{
    struct line *line = g_new0(struct line, 1);

    line->state = view->state;
    line->severity = view->severity;
    line->is_chosen = view->is_chosen;
    line->is_refreshing = view->is_refreshing;
    line->has_error = view->error && view->expired_at == 0;
    if (line->has_error)
        line->kind = usage_error_kind(view->error);
    line->percent = view->top ? percent_round(view_said_percent(view, view->top)) : NAN;
    line->provider = g_strdup(view->provider);
    line->text = canvas_new();
    line->short_text = canvas_new();
    line->tooltip = canvas_new();
    return line;
}

struct line *line_new(const struct view *view, struct line_formats formats)
{
    struct line *line = new_line(view);
    struct view text = *view, tooltip = *view;
    g_autoptr(GError) error = NULL;

    text.changes_at = &line->text_changes_at;
    tooltip.changes_at = &line->tooltip_changes_at;
    if (draw_texts(line, &text, formats, &error) && draw_tooltip(line, &tooltip, formats, &error))
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
    canvas_free(line->text);
    canvas_free(line->short_text);
    canvas_free(line->tooltip);
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
