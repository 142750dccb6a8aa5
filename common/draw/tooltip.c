#include "common/draw/tooltip.h"

#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/draw/canvas.h"
#include "common/draw/gauge.h"
#include "common/usage/pace.h"
#include "common/usage/percent.h"

#include <math.h>

#define MESSAGE_COLUMNS 72
#define GAP             2        /* columns between columns */
#define WIDE_SPACE      "\u3000" /* as wide as a wide character */

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
        return g_strdup_printf(_("reset at %s, not asked since"), clock);
    countdown = view_countdown(view, window->resets_at, false);
    return window->resets_at > view->now ? g_strdup_printf(_("resets in %s (%s)"), countdown, clock)
                                         : g_strdup_printf(_("resets now (%s)"), clock);
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
    g_autofree char *number = percent_format(view_said_percent(view, window));
    g_autofree char *percent = NULL;

    if (isnan(view_percent(view, window)))
        return g_steal_pointer(&number);
    percent = g_strconcat(number, "%", NULL);
    return view->remaining ? g_strdup_printf(_("%s left"), percent) : g_steal_pointer(&percent);
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

/* How wide a column is: a wide character is seldom just two narrow ones, for it comes from another
 * font, so they are counted apart, and made up for by spaces of their own width. */
struct width {
    guint narrow, wide;
};

static struct width width_of(const char *text)
{
    guint wide = text_wide_characters(text);

    return (struct width){text_columns(text) - 2 * wide, wide};
}

static void widen(struct width *width, const char *text)
{
    struct width other = width_of(text);

    width->narrow = MAX(width->narrow, other.narrow);
    width->wide = MAX(width->wide, other.wide);
}

/* The spaces that the text lacks to be as wide as its column, and so many more. */
static void pad(struct canvas *canvas, struct width column, const char *text, guint more)
{
    struct width width = width_of(text);
    guint narrow = column.narrow - width.narrow + more;

    canvas_add_repeated(canvas, ROLE_NORMAL, SPAN_MONOSPACE, " ", narrow);
    canvas_add_repeated(canvas, ROLE_NORMAL, SPAN_MONOSPACE, WIDE_SPACE, column.wide - width.wide);
}

struct columns {
    struct width label, percent, counts;
};

static void draw_row(const struct view *view, const struct row *row, struct columns columns,
                     struct canvas *canvas)
{
    enum role role = view_role(view, row->window);

    canvas_break(canvas);
    canvas_add(canvas, ROLE_NORMAL, SPAN_MONOSPACE, row->window->label);
    pad(canvas, columns.label, row->window->label, GAP);
    gauge_draw(percent_round(view_said_percent(view, row->window)), GAUGE_CELLS, role, canvas);
    pad(canvas, columns.percent, row->percent, GAP);
    canvas_add(canvas, role, SPAN_MONOSPACE, row->percent);
    if (columns.counts.narrow > 0) {
        pad(canvas, columns.counts, row->counts, GAP);
        canvas_add(canvas, ROLE_DIM, SPAN_MONOSPACE, row->counts);
    }
    if (row->reset[0] != '\0') {
        pad(canvas, (struct width){0}, "", GAP);
        canvas_add(canvas, ROLE_NORMAL, SPAN_MONOSPACE, row->reset);
    }
}

/* How its pace is, in words; NULL: nothing can be said. That it runs out too early is worth a look.
 */
static char *pace_text(const struct view *view, const struct window *window, enum role *role)
{
    struct pace pace;

    if (!pace_calculate(window, view->snapshot, view->now, &pace))
        return NULL;
    g_autofree char *countdown = view_countdown(view, pace.runs_out, false);
    *role = pace.runs_out > 0 ? ROLE_WARNING : ROLE_DIM;
    return pace_summary(&pace, view->remaining, view->now, countdown);
}

/* Under the gauge: whether it is used faster than evenly, and how long it lasts. */
static void draw_pace(const struct view *view, const struct window *window, struct columns columns,
                      struct canvas *canvas)
{
    enum role role;
    g_autofree char *text = pace_text(view, window, &role);

    if (!text)
        return;
    canvas_break(canvas);
    pad(canvas, columns.label, "", GAP);
    canvas_add(canvas, role, SPAN_MONOSPACE, text);
}

/* "of it Code 28.5 %, Chat 40 %"; NULL: nothing is known, or not of this period. */
static char *shares_text(const struct view *view, const struct window *window)
{
    g_autoptr(GString) list = g_string_new(NULL);

    if (window->shares->len == 0 || window_has_reset(window, view->snapshot, view->now))
        return NULL;
    for (guint i = 0; i < window->shares->len; i++) {
        const struct share *share = window->shares->pdata[i];
        double percent = round(share->percent * 10) / 10;

        g_string_append_printf(list, "%s%s %.*f %%", i > 0 ? ", " : "", share->label,
                               percent == round(percent) ? 0 : 1, percent);
    }
    /* Translators: parts of what is used of a limit, "Code 28.5 %". */
    return g_strdup_printf(_("of it %s"), list->str);
}

static void draw_shares(const struct view *view, const struct window *window,
                        struct columns columns, struct canvas *canvas)
{
    g_autofree char *text = shares_text(view, window);

    if (!text)
        return;
    canvas_break(canvas);
    pad(canvas, columns.label, "", GAP);
    canvas_add(canvas, ROLE_DIM, SPAN_MONOSPACE, text);
}

static void draw_windows(const struct view *view, struct canvas *canvas)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    struct columns columns = {0};

    g_array_set_clear_func(rows, (GDestroyNotify)row_clear);
    for (guint i = 0; i < view->snapshot->windows->len; i++)
        add_row(rows, view, view->snapshot->windows->pdata[i]);
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = &g_array_index(rows, struct row, i);

        widen(&columns.label, row->window->label);
        widen(&columns.percent, row->percent);
        widen(&columns.counts, row->counts);
    }
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = &g_array_index(rows, struct row, i);

        draw_row(view, row, columns, canvas);
        draw_shares(view, row->window, columns, canvas);
        draw_pace(view, row->window, columns, canvas);
    }
}

/* The same where no columns can be had: without a gauge. */
static void draw_window_plainly(const struct view *view, const struct window *window,
                                struct canvas *canvas)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    const struct row *row;
    enum role role;
    g_autofree char *shares = shares_text(view, window);
    g_autofree char *pace = pace_text(view, window, &role);

    g_array_set_clear_func(rows, (GDestroyNotify)row_clear);
    add_row(rows, view, window);
    row = &g_array_index(rows, struct row, 0);
    canvas_break(canvas);
    canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s ", window->label);
    canvas_add(canvas, view_role(view, window), SPAN_PLAIN, row->percent);
    if (row->counts[0] != '\0')
        canvas_add_format(canvas, ROLE_DIM, SPAN_PLAIN, " · %s", row->counts);
    if (row->reset[0] != '\0')
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, " · %s", row->reset);
    if (shares) {
        canvas_break(canvas);
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, shares);
    }
    if (pace) {
        canvas_break(canvas);
        canvas_add(canvas, role, SPAN_PLAIN, pace);
    }
}

static void draw_windows_plainly(const struct view *view, struct canvas *canvas)
{
    for (guint i = 0; i < view->snapshot->windows->len; i++)
        draw_window_plainly(view, view->snapshot->windows->pdata[i], canvas);
}

/* "50.00 of 200.00 spent this month"; the currency is told if it has not been. NULL: unknown. */
static char *spent_text(const struct balance *balance, const char *currency)
{
    g_autofree char *of = NULL;

    if (isnan(balance->spent))
        return NULL;
    if (isnan(balance->cap))
        of = g_strdup_printf("%.2f%s", balance->spent, currency);
    else
        of = g_strdup_printf(_("%.2f of %.2f%s"), balance->spent, balance->cap, currency);
    /* Translators: %s is an amount of money, "50.00 USD" or "50.00 of 200.00". */
    return g_strdup_printf(_("%s spent this month"), of);
}

static void draw_balance(const struct balance *balance, struct canvas *canvas)
{
    g_autofree char *currency =
        balance->currency ? g_strconcat(" ", balance->currency, NULL) : g_strdup("");
    bool is_known = !isnan(balance->amount);
    g_autofree char *spent = spent_text(balance, is_known ? "" : currency);

    if (!is_known && !spent)
        return;
    canvas_break(canvas);
    canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, _("%s: "), balance->label);
    if (is_known)
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, _("%.2f%s left"), balance->amount,
                          currency);
    if (spent)
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s%s", is_known ? " · " : "", spent);
}

static void draw_balances(const struct view *view, struct canvas *canvas)
{
    for (guint i = 0; i < view->snapshot->balances->len; i++)
        draw_balance(view->snapshot->balances->pdata[i], canvas);
}

static void draw_age(const struct view *view, struct canvas *canvas)
{
    g_autofree char *ago = view_ago(view, view->snapshot->fetched_at);

    canvas_break(canvas);
    canvas_add_format(canvas, view->state == VIEW_STALE ? ROLE_STALE : ROLE_DIM, SPAN_PLAIN,
                      _("updated %s"), ago);
    if (snapshot_source(view->snapshot))
        canvas_add_format(canvas, ROLE_DIM, SPAN_PLAIN, " · %s", snapshot_source(view->snapshot));
}

/* An icon may be empty, and the title with it. */
static void begin_line(struct canvas *canvas)
{
    if (canvas->spans->len > 0)
        canvas_break(canvas);
}

static void draw_error(const struct view *view, struct canvas *canvas)
{
    g_autofree char *message = text_wrap(view->error->message, MESSAGE_COLUMNS);

    begin_line(canvas);
    if (view->snapshot) {
        g_autofree char *ago = view_ago(view, view->attempt_at);
        canvas_add_format(canvas, ROLE_ERROR, SPAN_PLAIN, _("the last refresh failed (%s):"), ago);
        canvas_break(canvas);
    }
    canvas_add_lines(canvas, ROLE_ERROR, message);
}

/* A credential that is renewed without the user is no alarm. */
static void draw_expired(const struct view *view, struct canvas *canvas)
{
    g_autofree char *message = text_wrap(view->error->message, MESSAGE_COLUMNS);

    begin_line(canvas);
    if (view->snapshot) {
        g_autofree char *clock = view_clock(view, view->expired_at);
        canvas_add_format(canvas, ROLE_DIM, SPAN_PLAIN, _("no new numbers since %s:"), clock);
        canvas_break(canvas);
    }
    canvas_add_lines(canvas, ROLE_DIM, message);
}

static void draw_title(const struct view *view, struct canvas *canvas)
{
    canvas_add(canvas, ROLE_ACCENT, SPAN_BOLD, view->snapshot ? view->snapshot->name : view->icon);
    if (view->snapshot && view->snapshot->plan)
        canvas_add_format(canvas, ROLE_DIM, SPAN_PLAIN, " · %s", view->snapshot->plan);
}

void tooltip_draw(const struct view *view, bool in_columns, struct canvas *canvas)
{
    draw_title(view, canvas);
    if (view->snapshot) {
        if (in_columns)
            draw_windows(view, canvas);
        else
            draw_windows_plainly(view, canvas);
        draw_balances(view, canvas);
        draw_age(view, canvas);
    }
    if (view->error && view->expired_at > 0)
        draw_expired(view, canvas);
    else if (view->error)
        draw_error(view, canvas);
    else if (view->state == VIEW_LOADING) {
        begin_line(canvas);
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, _("asking for the usage…"));
    }
}
