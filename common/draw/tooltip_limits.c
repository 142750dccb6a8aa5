#include "common/draw/tooltip_internal.h"

#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/draw/gauge.h"
#include "common/usage/pace.h"

#include <math.h>

#define MIN_CELLS  8  /* of a gauge that has to make room */
#define MAX_INDENT 12 /* columns before the lines below a row, which begin under the gauge */
#define MIN_LABEL  6
#define GAP        2        /* columns between columns */
#define WIDE_SPACE "\u3000" /* as wide as a wide character */

/* What is drawn of one window; the texts are owned. */
struct tooltip_row {
    const struct window *window;
    char *label;   /* "Weekly", by tooltip_fit */
    char *percent; /* "70%", or "30% left" */
    char *counts;  /* "139/200", or "": used or left, and the limit */
    char *reset;   /* "resets 13:33, in 2h 14m", or "" */
};

static void tooltip_row_clear(struct tooltip_row *row)
{
    g_free(row->label);
    g_free(row->percent);
    g_free(row->counts);
    g_free(row->reset);
}

DEFINE_AUTO_CLEAR(tooltip_row, tooltip_row_clear);

static char *tooltip_format_reset(const struct view *view, const struct window *window,
                                  struct canvas *canvas)
{
    g_autofree char *countdown = NULL;
    g_autofree char *clock = NULL;

    if (window->resets_at == 0)
        return g_strdup("");
    clock = view_clock(view, window->resets_at, canvas);
    if (window_has_reset(window, view->snapshot, view->now))
        return g_strdup_printf(_("reset %s, nothing known since"), clock);
    if (window->resets_at <= view->now)
        return g_strdup_printf(_("resets %s, about now"), clock);
    countdown = view_countdown(view, window->resets_at, false, canvas);
    return g_strdup_printf(_("resets %s, in %s"), clock, countdown);
}

static char *tooltip_format_counts(const struct view *view, const struct window *window)
{
    bool remaining = view->settings.remaining;

    if (isnan(window->used) || isnan(window->limit) ||
        window_has_reset(window, view->snapshot, view->now))
        return g_strdup("");
    return g_strdup_printf("%.0f/%.0f",
                           remaining ? MAX(0, window->limit - window->used) : window->used,
                           window->limit);
}

static char *tooltip_format_percent(const struct view *view, const struct window *window)
{
    double percent = view_shown_percent(view, window);
    g_autofree char *number = percent_format(percent);
    g_autofree char *text = NULL;

    if (isnan(percent))
        return g_steal_pointer(&number);
    text = g_strconcat(number, "%", NULL);
    return view->settings.remaining ? g_strdup_printf(_("%s left"), text) : g_steal_pointer(&text);
}

/* The canvas is that on which the row will be drawn. */
static struct tooltip_row tooltip_make_row(const struct view *view, const struct window *window,
                                           struct canvas *canvas)
{
    return (struct tooltip_row){
        .window = window,
        .percent = tooltip_format_percent(view, window),
        .counts = tooltip_format_counts(view, window),
        .reset = tooltip_format_reset(view, window, canvas),
    };
}

/* Wide characters come from another font and are seldom as wide as two narrow ones. So they are
 * counted apart, and padded with spaces of their own width. */
struct tooltip_width {
    guint narrow, wide;
};

static struct tooltip_width tooltip_measure(const char *text)
{
    guint wide = text_wide_characters(text);

    return (struct tooltip_width){text_columns(text) - 2 * wide, wide};
}

static void tooltip_widen(struct tooltip_width *column, const char *text)
{
    struct tooltip_width width = tooltip_measure(text);

    column->narrow = MAX(column->narrow, width.narrow);
    column->wide = MAX(column->wide, width.wide);
}

/* Adds the spaces that make the text as wide as its column, and the gap between columns. */
static void tooltip_pad(struct canvas *canvas, struct tooltip_width column, const char *text)
{
    struct tooltip_width width = tooltip_measure(text);

    canvas_add_repeated(canvas, ROLE_NORMAL, SPAN_MONOSPACE, " ",
                        column.narrow - width.narrow + GAP);
    canvas_add_repeated(canvas, ROLE_NORMAL, SPAN_MONOSPACE, WIDE_SPACE, column.wide - width.wide);
}

struct tooltip_columns {
    struct tooltip_width label, percent, counts;
    int cells; /* of the gauges */
};

static guint tooltip_count_columns(struct tooltip_width width)
{
    return width.narrow + 2 * width.wide;
}

/* Makes the gauges as long as the user wants and the other columns permit. Where those are too wide
 * for any gauge, labels are cut, and counts left out. */
static void tooltip_fit(const struct view *view, struct tooltip_columns *columns, GArray *rows)
{
    int wanted = view->settings.gauge.cells > 0 ? view->settings.gauge.cells : GAUGE_CELLS;
    int least = MIN(wanted, MIN_CELLS);
    int space = (int)tooltip_width(view) - 2 * GAP - (int)tooltip_count_columns(columns->percent);
    int counts = (int)tooltip_count_columns(columns->counts) + GAP;

    if (space - counts < MIN_LABEL + least)
        columns->counts = (struct tooltip_width){0};
    else if (columns->counts.narrow > 0)
        space -= counts;
    columns->label = (struct tooltip_width){0};
    for (guint i = 0; i < rows->len; i++) {
        struct tooltip_row *row = &g_array_index(rows, struct tooltip_row, i);

        row->label = text_cut(row->window->label, (guint)MAX(space - least, MIN_LABEL));
        tooltip_widen(&columns->label, row->label);
    }
    columns->cells = CLAMP(space - (int)tooltip_count_columns(columns->label), least, wanted);
}

static void tooltip_draw_row(const struct view *view, const struct tooltip_row *row,
                             struct tooltip_columns columns, struct canvas *canvas)
{
    const struct window *window = row->window;
    struct gauge_style style = view->settings.gauge;
    enum role role = view_role(view, window);

    canvas_break(canvas);
    canvas_add(canvas, ROLE_NORMAL, SPAN_MONOSPACE, row->label);
    tooltip_pad(canvas, columns.label, row->label);
    style.cells = columns.cells;
    gauge_draw(percent_round(view_shown_percent(view, window)), style, role, canvas);
    tooltip_pad(canvas, columns.percent, row->percent);
    canvas_add(canvas, role, SPAN_MONOSPACE, row->percent);
    if (columns.counts.narrow > 0 && row->counts[0] != '\0') {
        tooltip_pad(canvas, columns.counts, row->counts);
        canvas_add(canvas, ROLE_DIM, SPAN_MONOSPACE, row->counts);
    }
}

/* "51 points ahead · empty in 8m" if the limit will be used up before its reset, else NULL. */
static char *tooltip_format_pace(const struct view *view, const struct window *window,
                                 struct canvas *canvas)
{
    struct pace pace;

    if (!pace_calculate(window, view->snapshot, view->now, &pace) || pace.runs_out == 0 ||
        pace.is_exhausted || pace_points(&pace) <= 0)
        return NULL;
    g_autofree char *countdown = view_countdown(view, pace.runs_out, false, canvas);
    /* Translators: percentage points more than by an even use. */
    return pace.runs_out <= view->now
               ? g_strdup_printf(_("%d points ahead · empty now"), pace_points(&pace))
               : g_strdup_printf(_("%d points ahead · empty in %s"), pace_points(&pace), countdown);
}

/* "of it Code 28.5%, Chat 40%"; NULL: nothing is known of this period. */
static char *tooltip_format_shares(const struct view *view, const struct window *window)
{
    if (window->shares->len == 0 || window_has_reset(window, view->snapshot, view->now))
        return NULL;
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < window->shares->len; i++) {
        const struct share *share = window->shares->pdata[i];
        double percent = round(share->percent * 10) / 10;

        g_string_append_printf(list, "%s%s %.*f %%", i > 0 ? ", " : "", share->label,
                               percent == round(percent) ? 0 : 1, percent);
    }
    /* Translators: parts of what is used of a limit, "Code 28.5 %". */
    return g_strdup_printf(_("of it %s"), list->str);
}

/* A line below the row, under the gauge unless the labels are long; `columns` NULL: there is no
 * gauge. `text` NULL or "": nothing. */
static void tooltip_draw_remark(const struct view *view, const char *text, enum role role,
                                const struct tooltip_columns *columns, struct canvas *canvas)
{
    enum span_style style = columns ? SPAN_MONOSPACE : SPAN_PLAIN;
    guint gauge = columns ? tooltip_count_columns(columns->label) + GAP : 0;
    bool is_below_gauge = columns && gauge <= MAX_INDENT;

    if (!text || text[0] == '\0')
        return;
    g_autofree char *cut = text_cut(text, tooltip_width(view) - (is_below_gauge ? gauge : GAP));
    canvas_break(canvas);
    if (is_below_gauge)
        tooltip_pad(canvas, columns->label, "");
    else
        canvas_add_repeated(canvas, ROLE_NORMAL, style, " ", GAP);
    canvas_add(canvas, role, style, cut);
}

/* When the window resets, how its use is made up, and whether it will last. */
static void tooltip_draw_remarks(const struct view *view, const struct tooltip_row *row,
                                 const struct tooltip_columns *columns, struct canvas *canvas)
{
    g_autofree char *shares = tooltip_format_shares(view, row->window);
    g_autofree char *pace = tooltip_format_pace(view, row->window, canvas);

    if (columns)
        tooltip_draw_remark(view, row->reset, ROLE_DIM, columns, canvas);
    tooltip_draw_remark(view, shares, ROLE_DIM, columns, canvas);
    tooltip_draw_remark(view, pace, ROLE_WARNING, columns, canvas);
}

static void tooltip_draw_table(const struct view *view, struct canvas *canvas)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct tooltip_row));
    struct tooltip_columns columns = {0};

    g_array_set_clear_func(rows, (GDestroyNotify)tooltip_row_clear);
    for (guint i = 0; i < view->snapshot->windows->len; i++) {
        const struct window *window = view->snapshot->windows->pdata[i];
        struct tooltip_row row = tooltip_make_row(view, window, canvas);

        tooltip_widen(&columns.percent, row.percent);
        tooltip_widen(&columns.counts, row.counts);
        g_array_append_val(rows, row);
    }
    tooltip_fit(view, &columns, rows);
    for (guint i = 0; i < rows->len; i++) {
        const struct tooltip_row *row = &g_array_index(rows, struct tooltip_row, i);

        tooltip_draw_gap(view, canvas);
        tooltip_draw_row(view, row, columns, canvas);
        tooltip_draw_remarks(view, row, &columns, canvas);
    }
}

/* The same in a font in which nothing lines up: without columns and gauges. */
static void tooltip_draw_list(const struct view *view, struct canvas *canvas)
{
    for (guint i = 0; i < view->snapshot->windows->len; i++) {
        const struct window *window = view->snapshot->windows->pdata[i];
        autoclear(tooltip_row) row = tooltip_make_row(view, window, canvas);

        canvas_break(canvas);
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s ", window->label);
        canvas_add(canvas, view_role(view, window), SPAN_PLAIN, row.percent);
        if (row.counts[0] != '\0')
            canvas_add_format(canvas, ROLE_DIM, SPAN_PLAIN, " · %s", row.counts);
        if (row.reset[0] != '\0')
            canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, " · %s", row.reset);
        tooltip_draw_remarks(view, &row, NULL, canvas);
    }
}

void tooltip_draw_limits(const struct view *view, struct canvas *canvas)
{
    if (view->settings.tooltip == TOOLTIP_COLUMNS)
        tooltip_draw_table(view, canvas);
    else
        tooltip_draw_list(view, canvas);
}
