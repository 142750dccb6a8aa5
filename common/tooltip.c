#include "common/tooltip.h"

#include "common/span.h"
#include "common/text.h"

#include <math.h>

#define BAR_CELLS       10
#define MESSAGE_COLUMNS 72

/* What one row says; its texts are owned. */
struct row {
    const struct window *window;
    char *percent; /* "70%" */
    char *counts;  /* "139/200", or "" */
    char *reset;   /* "resets in 2h 14m (13:33)", or "" */
};

static void row_clear(struct row *row)
{
    g_free(row->percent);
    g_free(row->counts);
    g_free(row->reset);
}

static char *reset_text(const struct view *view, const struct window *window)
{
    g_autofree char *countdown = NULL;
    g_autofree char *clock = NULL;

    if (window->resets_at == 0)
        return g_strdup("");
    clock = view_clock(view, window->resets_at);
    if (window_has_reset(window, view->snapshot, view->now))
        return g_strdup_printf("reset at %s, not asked since", clock);
    countdown = view_countdown(view, window->resets_at, false);
    return g_strdup_printf("resets %s%s (%s)", window->resets_at > view->now ? "in " : "",
                           countdown, clock);
}

static char *counts_text(const struct view *view, const struct window *window)
{
    if (isnan(window->used) || isnan(window->limit) ||
        window_has_reset(window, view->snapshot, view->now))
        return g_strdup("");
    return g_strdup_printf("%.0f/%.0f", window->used, window->limit);
}

static void add_row(GArray *rows, const struct view *view, const struct window *window)
{
    g_autofree char *percent = view_format_percent(view_percent(view, window));
    struct row row = {
        .window = window,
        .percent = g_strconcat(percent, isnan(view_percent(view, window)) ? "" : "%", NULL),
        .counts = counts_text(view, window),
        .reset = reset_text(view, window),
    };

    g_array_append_val(rows, row);
}

static void pad(GPtrArray *spans, guint columns)
{
    if (columns > 0)
        spans_add_format(spans, ROLE_NORMAL, SPAN_MONOSPACE, "%*s", (int)columns, "");
}

/* Full cells are coloured; the rest of the scale is dim. Neither fills the height of its line, so
 * that the bars of neighbouring rows stay apart, and both can be told without colours. Some use is
 * never an empty bar, and a bar is full only when nothing is left. */
static void draw_bar(double percent, enum role role, GPtrArray *spans)
{
    static const char full[] = "▆▆▆▆▆▆▆▆▆▆", empty[] = "▁▁▁▁▁▁▁▁▁▁";
    const gsize cell = sizeof full / BAR_CELLS; /* bytes */
    int cells = isnan(percent) ? 0 : (int)lround(percent / 100 * BAR_CELLS);

    if (percent >= 1)
        cells = MAX(cells, 1);
    cells = MIN(cells, percent >= 100 ? BAR_CELLS : BAR_CELLS - 1);
    if (cells > 0)
        spans_add_format(spans, role, SPAN_MONOSPACE, "%.*s", (int)(cell * cells), full);
    if (cells < BAR_CELLS)
        spans_add_format(spans, ROLE_DIM, SPAN_MONOSPACE, "%.*s", (int)(cell * (BAR_CELLS - cells)),
                         empty);
}

struct columns {
    guint label, percent, counts;
};

static void draw_row(const struct view *view, const struct row *row, struct columns columns,
                     GPtrArray *spans)
{
    enum role role = view_role(view, row->window);

    spans_break(spans);
    spans_add(spans, ROLE_NORMAL, SPAN_MONOSPACE, row->window->label);
    pad(spans, columns.label - text_columns(row->window->label) + 2);
    draw_bar(view_whole_percent(view_percent(view, row->window)), role, spans);
    pad(spans, columns.percent - text_columns(row->percent) + 2);
    spans_add(spans, role, SPAN_MONOSPACE, row->percent);
    if (columns.counts > 0) {
        pad(spans, columns.counts - text_columns(row->counts) + 2);
        spans_add(spans, ROLE_DIM, SPAN_MONOSPACE, row->counts);
    }
    if (row->reset[0] != '\0') {
        pad(spans, 2);
        spans_add(spans, ROLE_NORMAL, SPAN_MONOSPACE, row->reset);
    }
}

static void draw_windows(const struct view *view, GPtrArray *spans)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    struct columns columns = {0};

    g_array_set_clear_func(rows, (GDestroyNotify)row_clear);
    for (guint i = 0; i < view->snapshot->windows->len; i++)
        add_row(rows, view, view->snapshot->windows->pdata[i]);
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = &g_array_index(rows, struct row, i);

        columns.label = MAX(columns.label, text_columns(row->window->label));
        columns.percent = MAX(columns.percent, text_columns(row->percent));
        columns.counts = MAX(columns.counts, text_columns(row->counts));
    }
    for (guint i = 0; i < rows->len; i++)
        draw_row(view, &g_array_index(rows, struct row, i), columns, spans);
}

static void draw_balances(const struct view *view, GPtrArray *spans)
{
    for (guint i = 0; i < view->snapshot->balances->len; i++) {
        const struct balance *balance = view->snapshot->balances->pdata[i];

        spans_break(spans);
        spans_add_format(spans, ROLE_NORMAL, SPAN_PLAIN, "%s: %.2f %s left", balance->label,
                         balance->amount, balance->currency ? balance->currency : "");
    }
}

static void draw_age(const struct view *view, GPtrArray *spans)
{
    g_autofree char *ago = view_ago(view, view->snapshot->fetched_at);

    spans_break(spans);
    spans_add_format(spans, view->state == VIEW_STALE ? ROLE_STALE : ROLE_DIM, SPAN_PLAIN,
                     "updated %s", ago);
    if (view->snapshot->source)
        spans_add_format(spans, ROLE_DIM, SPAN_PLAIN, " · %s", view->snapshot->source);
}

/* An icon may be empty, and the title with it. */
static void begin_line(GPtrArray *spans)
{
    if (spans->len > 0)
        spans_break(spans);
}

static void draw_error(const struct view *view, GPtrArray *spans)
{
    g_autofree char *message = text_wrap(view->error->message, MESSAGE_COLUMNS);

    begin_line(spans);
    if (view->snapshot) {
        g_autofree char *ago = view_ago(view, view->attempt_at);
        spans_add_format(spans, ROLE_ERROR, SPAN_PLAIN, "the last refresh failed (%s):", ago);
        spans_break(spans);
    }
    spans_add_lines(spans, ROLE_ERROR, message);
}

static void draw_title(const struct view *view, GPtrArray *spans)
{
    spans_add(spans, ROLE_ACCENT, SPAN_BOLD, view->snapshot ? view->snapshot->name : view->icon);
    if (view->snapshot && view->snapshot->plan)
        spans_add_format(spans, ROLE_DIM, SPAN_PLAIN, " · %s", view->snapshot->plan);
}

void tooltip_draw(const struct view *view, GPtrArray *spans)
{
    draw_title(view, spans);
    if (view->snapshot) {
        draw_windows(view, spans);
        draw_balances(view, spans);
        draw_age(view, spans);
    }
    if (view->error)
        draw_error(view, spans);
    if (view->state == VIEW_LOADING) {
        begin_line(spans);
        spans_add(spans, ROLE_DIM, SPAN_PLAIN, "asking for the usage…");
    }
}
