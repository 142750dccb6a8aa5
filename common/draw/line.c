#include "common/draw/line.h"

#include "common/base/i18n.h"
#include "common/draw/tooltip.h"
#include "common/usage/percent.h"

#include <math.h>
#include <string.h>

#define SEPARATOR " · "

void line_formats_clear(struct line_formats *formats)
{
    template_free(formats->text);
    template_free(formats->short_text);
    template_free(formats->window);
    template_free(formats->tooltip);
}

/* The name of a window in the default line; NULL: none, for the weekly one. */
static const char *line_short_label(const struct window *window)
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

static void line_draw_percent(const struct view *view, const struct window *window,
                              struct canvas *canvas)
{
    double percent = view_shown_percent(view, window);
    g_autofree char *text = percent_format(percent);

    canvas_add_format(canvas, view_role(view, window), SPAN_PLAIN, "%s%s", text,
                      isnan(percent) ? "" : "%");
}

enum line_side {
    SIDE_FRONT,
    SIDE_BEHIND,
};

/* Adds the part of "%s left" that stands in front of the percentage or behind it, if that is what
 * is shown and it is known. */
static void line_draw_left(const struct view *view, const struct window *window,
                           enum line_side side, struct canvas *canvas)
{
    if (!view->settings.remaining || isnan(view_used_percent(view, window)))
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
static void line_draw_gap(struct canvas *canvas, guint *items)
{
    bool is_first = (*items)++ == 0;

    if (canvas->spans->len > 0)
        canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, is_first ? " " : SEPARATOR);
}

/* The first and the last window with a percentage, around which "left" is written. */
struct line_ends {
    const struct window *first, *last;
};

static void line_draw_window(const struct view *view, const struct window *window,
                             struct line_ends known, struct canvas *canvas, guint *items)
{
    const char *label = line_short_label(window);

    line_draw_gap(canvas, items);
    if (label)
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s ", label);
    if (window == known.first)
        line_draw_left(view, window, SIDE_FRONT, canvas);
    line_draw_percent(view, window, canvas);
    if (window == known.last)
        line_draw_left(view, window, SIDE_BEHIND, canvas);
}

/* The window that is shown beside the weekly and the 5-hour one: the most constrained one if it is
 * neither of them, else on plans without a weekly window the monthly one. */
static const struct window *line_third_window(const struct view *view, const struct window *weekly,
                                              const struct window *session)
{
    if (view->top && view->top != weekly && view->top != session)
        return view->top;
    return weekly ? NULL : snapshot_window(view->snapshot, WINDOW_MONTHLY);
}

static struct line_ends line_find_known(const struct view *view,
                                        const struct window *const *windows, gsize count)
{
    struct line_ends known = {0};

    for (gsize i = 0; i < count; i++) {
        if (!windows[i] || isnan(view_used_percent(view, windows[i])))
            continue;
        known.first = known.first ? known.first : windows[i];
        known.last = windows[i];
    }
    return known;
}

static void line_draw_reset(const struct view *view, struct canvas *canvas, guint *items)
{
    if (!view->top || view->top->resets_at == 0)
        return;
    g_autofree char *left = view_countdown(view, view->top->resets_at, false, canvas);
    line_draw_gap(canvas, items);
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, left);
}

static void line_draw_default(const struct view *view, struct canvas *canvas)
{
    const struct window *weekly = snapshot_window(view->snapshot, WINDOW_WEEKLY);
    const struct window *session = snapshot_window(view->snapshot, WINDOW_SESSION);
    const struct window *shown[] = {weekly, session, line_third_window(view, weekly, session)};
    struct line_ends known = line_find_known(view, shown, G_N_ELEMENTS(shown));
    guint items = 0;

    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
        if (shown[i])
            line_draw_window(view, shown[i], known, canvas, &items);
    }
    if (items == 0 && view->snapshot->windows->len > 0)
        line_draw_window(view, view->snapshot->windows->pdata[0], known, canvas, &items);
    line_draw_reset(view, canvas, &items);
}

static void line_draw_shown(const struct view *view, const struct window *window,
                            struct canvas *canvas)
{
    line_draw_left(view, window, SIDE_FRONT, canvas);
    line_draw_percent(view, window, canvas);
    line_draw_left(view, window, SIDE_BEHIND, canvas);
}

/* Only the window that the user has chosen, with its full name. */
static void line_draw_chosen(const struct view *view, struct canvas *canvas)
{
    guint items = 0;

    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    line_draw_gap(canvas, &items);
    canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s ", view->top->label);
    line_draw_shown(view, view->top, canvas);
    line_draw_reset(view, canvas, &items);
}

static void line_draw_short(const struct view *view, struct canvas *canvas)
{
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    if (canvas->spans->len > 0)
        canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, " ");
    if (view->top) {
        line_draw_shown(view, view->top, canvas);
    } else {
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, "–");
    }
}

/* Without a snapshot: "Kimi ! sign in", "Kimi …", or "Kimi –" until a credential is renewed. */
static void line_draw_state(const struct view *view, bool with_hint, struct canvas *canvas)
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

/* Adds the mark of a refresh that is under way, unless the template does that itself. */
static void line_draw_refreshing(const struct view *view, const struct template *template,
                                 struct canvas *canvas)
{
    if (view->settings.is_refreshing && !(template && template_uses_refreshing(template)))
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, " ↻");
}

static void line_draw_template(const struct view *view, const struct template *template,
                               struct canvas *canvas)
{
    template_draw(template, view, canvas);
    canvas_join_lines(canvas);
}

/* Without a snapshot there is nothing for templates to draw. */
static void line_draw_texts(struct line *line, struct line_formats formats)
{
    const struct view *view = line->view;
    const struct template *text = NULL;

    if (!view->snapshot) {
        line_draw_state(view, true, line->text);
        line_draw_state(view, false, line->short_text);
    } else {
        text = view->is_chosen ? formats.window : formats.text;
        if (text)
            line_draw_template(view, text, line->text);
        else if (view->is_chosen)
            line_draw_chosen(view, line->text);
        else
            line_draw_default(view, line->text);
        if (formats.short_text)
            line_draw_template(view, formats.short_text, line->short_text);
        else
            line_draw_short(view, line->short_text);
    }
    line_draw_refreshing(view, text, line->text);
    view_note_end(view, line->text);
}

static void line_draw_tooltip(struct line *line, struct line_formats formats)
{
    if (line->view->settings.tooltip == TOOLTIP_NONE)
        return;
    if (line->view->snapshot && formats.tooltip)
        template_draw(formats.tooltip, line->view, line->tooltip);
    else
        tooltip_draw(line->view, line->tooltip);
    view_note_end(line->view, line->tooltip);
}

struct line *line_new(const struct view *view, struct line_formats formats)
{
    struct line *line = g_new0(struct line, 1);

    line->view = view;
    line->text = canvas_new();
    line->short_text = canvas_new();
    line->tooltip = canvas_new();
    line_draw_texts(line, formats);
    line_draw_tooltip(line, formats);
    return line;
}

void line_free(struct line *line)
{
    if (!line)
        return;
    canvas_free(line->text);
    canvas_free(line->short_text);
    canvas_free(line->tooltip);
    g_free(line);
}

gint64 line_text_changes_at(const struct line *line)
{
    gint64 text = line->text->changes_at, short_text = line->short_text->changes_at;

    return text == 0 || short_text == 0 ? text + short_text : MIN(text, short_text);
}

enum role line_role(const struct line *line)
{
    switch (line->view->state) {
    case VIEW_FRESH:
        return severity_role(line->view->severity);
    case VIEW_STALE:
        /* Old bad news is still bad; old good news may be wrong by now. */
        return line->view->severity >= SEVERITY_WARNING ? severity_role(line->view->severity)
                                                        : ROLE_STALE;
    case VIEW_ERROR:
        return ROLE_ERROR;
    case VIEW_LOADING:
        break;
    }
    return ROLE_DIM;
}
