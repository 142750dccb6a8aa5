#include "common/draw/line.h"

#include "common/base/i18n.h"
#include "common/draw/tooltip.h"

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

/* The name of a window in the default line; NULL: none, for the weekly one. One that the user has
 * chosen has its full name. */
static const char *line_find_label(const struct view *view, const struct window *window)
{
    if (view->is_chosen)
        return window->label;
    if (strcmp(window->id, WINDOW_WEEKLY) == 0)
        return NULL;
    if (strcmp(window->id, WINDOW_SESSION) == 0)
        /* Translators: the name of a window for a bar, as short as it can be. */
        return _("5h");
    return strcmp(window->id, WINDOW_MONTHLY) == 0 ? _("month") : window->label;
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
                             struct line_ends known, struct canvas *canvas)
{
    if (window == known.first)
        line_draw_left(view, window, SIDE_FRONT, canvas);
    line_draw_percent(view, window, canvas);
    if (window == known.last)
        line_draw_left(view, window, SIDE_BEHIND, canvas);
}

#define MAX_SHOWN 3

/* The window that the user has chosen; else the weekly one, the 5-hour one, and the most
 * constrained one if it is neither of them. On plans without a weekly window the monthly one is
 * shown, or the first if there is none of these. */
static void line_find_shown(const struct view *view, const struct window *shown[MAX_SHOWN])
{
    const struct window *weekly = snapshot_window(view->snapshot, WINDOW_WEEKLY);
    const struct window *session = snapshot_window(view->snapshot, WINDOW_SESSION);

    shown[0] = view->is_chosen ? NULL : weekly;
    shown[1] = view->is_chosen ? NULL : session;
    if (view->is_chosen || (view->top != weekly && view->top != session))
        shown[2] = view->top;
    else
        shown[2] = weekly ? NULL : snapshot_window(view->snapshot, WINDOW_MONTHLY);
    if (!shown[0] && !shown[1] && !shown[2] && view->snapshot->windows->len > 0)
        shown[2] = view->snapshot->windows->pdata[0];
}

static struct line_ends line_find_known(const struct view *view,
                                        const struct window *const shown[MAX_SHOWN])
{
    struct line_ends known = {0};

    for (gsize i = 0; i < MAX_SHOWN; i++) {
        if (!shown[i] || isnan(view_used_percent(view, shown[i])))
            continue;
        known.first = known.first ? known.first : shown[i];
        known.last = shown[i];
    }
    return known;
}

static void line_draw_icon(const struct view *view, struct canvas *canvas)
{
    guint items = 0;

    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    line_draw_gap(canvas, &items);
}

static void line_draw_default(const struct view *view, struct canvas *canvas)
{
    const struct window *shown[MAX_SHOWN];
    struct line_ends known;
    guint items = 0;

    line_find_shown(view, shown);
    known = line_find_known(view, shown);
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, view->icon);
    for (gsize i = 0; i < MAX_SHOWN; i++) {
        const char *label = shown[i] ? line_find_label(view, shown[i]) : NULL;

        if (!shown[i])
            continue;
        line_draw_gap(canvas, &items);
        if (label)
            canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s ", label);
        line_draw_window(view, shown[i], known, canvas);
    }
    if (view->top && view->top->resets_at != 0) {
        g_autofree char *left = view_countdown(view, view->top->resets_at, false, canvas);
        line_draw_gap(canvas, &items);
        canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, left);
    }
}

static void line_draw_short(const struct view *view, struct canvas *canvas)
{
    const struct line_ends ends = {view->top, view->top};

    line_draw_icon(view, canvas);
    if (view->top)
        line_draw_window(view, view->top, ends, canvas);
    else
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, "–");
}

/* Without a snapshot: "Kimi ! sign in", "Kimi …", or "Kimi –" until a credential is renewed. */
static void line_draw_state(const struct view *view, bool with_hint, struct canvas *canvas)
{
    line_draw_icon(view, canvas);
    if (view->state == VIEW_LOADING) {
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, view->error ? "–" : "…");
        return;
    }
    canvas_add(canvas, ROLE_ERROR, SPAN_PLAIN, "!");
    if (with_hint)
        canvas_add_format(canvas, ROLE_ERROR, SPAN_PLAIN, " %s",
                          view_error_hint(usage_error_kind(view->error)));
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
        else
            line_draw_default(view, line->text);
        if (formats.short_text)
            line_draw_template(view, formats.short_text, line->short_text);
        else
            line_draw_short(view, line->short_text);
    }
    if (view->settings.is_refreshing && !(text && text->uses_refreshing))
        canvas_add(line->text, ROLE_DIM, SPAN_PLAIN, " ↻");
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
    const struct view *view = line->view;

    if (view->state == VIEW_ERROR)
        return ROLE_ERROR;
    if (view->state == VIEW_LOADING)
        return ROLE_DIM;
    /* Old bad news is still bad; old good news may be wrong by now. */
    return view->state == VIEW_STALE && view->severity < SEVERITY_WARNING
               ? ROLE_STALE
               : severity_role(view->severity);
}
