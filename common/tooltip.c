#include "common/tooltip.h"

#include "common/gauge.h"
#include "common/pace.h"
#include "common/span.h"
#include "common/text.h"

#include <math.h>

#define MESSAGE_COLUMNS 72

/* What one row says; its texts are owned. */
struct row {
    const struct window *window;
    char *percent; /* "70%", or "30% left" */
    char *counts;  /* "139/200", or "": used or left, and the limit */
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
    return g_strdup_printf("%.0f/%.0f",
                           view->remaining ? MAX(0, window->limit - window->used) : window->used,
                           window->limit);
}

static char *percent_text(const struct view *view, const struct window *window)
{
    g_autofree char *percent = view_format_percent(view_said_percent(view, window));

    if (isnan(view_percent(view, window)))
        return g_steal_pointer(&percent);
    return g_strconcat(percent, view->remaining ? "% left" : "%", NULL);
}

static void add_row(GArray *rows, const struct view *view, const struct window *window)
{
    struct row row = {
        .window = window,
        .percent = percent_text(view, window),
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
    gauge_draw(view_whole_percent(view_said_percent(view, row->window)), GAUGE_CELLS, role, spans);
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

/* Under the gauge: whether it is used faster than evenly, and how long it lasts. */
static void draw_pace(const struct view *view, const struct window *window, struct columns columns,
                      GPtrArray *spans)
{
    struct pace pace;

    if (!pace_of(window, view->snapshot, view->now, &pace))
        return;
    g_autofree char *countdown = view_countdown(view, pace.runs_out, false);
    g_autofree char *summary = pace_summary(&pace, view->remaining, countdown);
    spans_break(spans);
    pad(spans, columns.label + 2);
    spans_add(spans, ROLE_DIM, SPAN_MONOSPACE, summary);
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
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = &g_array_index(rows, struct row, i);

        draw_row(view, row, columns, spans);
        draw_pace(view, row->window, columns, spans);
    }
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
