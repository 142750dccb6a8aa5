#include "common/draw/tooltip_internal.h"

#include "common/base/i18n.h"
#include "common/base/text.h"

#include <math.h>

#define SEPARATOR   " · "
#define MAX_BALANCE 20 /* columns of its label */

guint tooltip_width(const struct view *view)
{
    guint columns = view->settings.columns;

    return columns > 0 ? MIN(columns, TOOLTIP_WIDTH) : TOOLTIP_WIDTH;
}

void tooltip_draw_gap(const struct view *view, struct canvas *canvas)
{
    if (view->settings.columns > 0 || view->settings.tooltip != TOOLTIP_COLUMNS)
        return;
    canvas_break(canvas);
    canvas_add_repeated(canvas, ROLE_NORMAL, SPAN_SMALL, " ", 1);
}

/* "50.00 of 200.00 spent this month"; `currency` is " USD", or "" where it was drawn already. NULL:
 * unknown. */
static char *tooltip_format_spent(const struct balance *balance, const char *currency)
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

static void tooltip_draw_balance(const struct balance *balance, struct canvas *canvas)
{
    g_autofree char *currency =
        balance->currency ? g_strconcat(" ", balance->currency, NULL) : g_strdup("");
    bool is_known = !isnan(balance->amount);
    g_autofree char *spent = tooltip_format_spent(balance, is_known ? "" : currency);

    if (!is_known && !spent)
        return;
    canvas_break(canvas);
    g_autofree char *label = text_cut(balance->label, MAX_BALANCE);
    canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, _("%s: "), label);
    if (is_known)
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, _("%.2f%s left"), balance->amount,
                          currency);
    if (is_known && spent)
        canvas_break(canvas);
    if (spent)
        canvas_add_format(canvas, ROLE_NORMAL, SPAN_PLAIN, "%s%s", is_known ? "  " : "", spent);
}

/* " · " and as much of the text as fits into the rest of the line. */
static void tooltip_add_cut(struct canvas *canvas, enum role role, const char *text, guint columns)
{
    guint separator = text_columns(SEPARATOR);

    if (columns <= separator + 1)
        return;
    g_autofree char *cut = text_cut(text, columns - separator);
    canvas_add_format(canvas, role, SPAN_PLAIN, SEPARATOR "%s", cut);
}

static void tooltip_draw_age(const struct view *view, struct canvas *canvas)
{
    tooltip_draw_gap(view, canvas);
    g_autofree char *ago = view_ago(view, view->snapshot->fetched_at, canvas);
    const char *source = snapshot_source(view->snapshot);

    canvas_break(canvas);
    g_autofree char *age = g_strdup_printf(_("updated %s"), ago);
    canvas_add(canvas, view->state == VIEW_STALE ? ROLE_STALE : ROLE_DIM, SPAN_PLAIN, age);
    if (source)
        tooltip_add_cut(canvas, ROLE_DIM, source, tooltip_width(view) - text_columns(age));
    if (view->snapshot->has_other_settings) {
        canvas_break(canvas);
        canvas_add(canvas, ROLE_STALE, SPAN_PLAIN,
                   _("fetched with settings that have changed since"));
    }
}

/* With an empty icon there may be no title to begin a line after. */
static void tooltip_begin_line(struct canvas *canvas)
{
    if (canvas->spans->len > 0)
        canvas_break(canvas);
}

/* What went wrong, and with a snapshot since when. */
static void tooltip_draw_error(const struct view *view, struct canvas *canvas)
{
    g_autofree char *message = text_wrap(view->error->message, tooltip_width(view));
    bool is_alarm = view_alarm(view) != NULL;
    enum role role = is_alarm ? ROLE_ERROR : ROLE_DIM;

    tooltip_begin_line(canvas);
    if (view->snapshot) {
        g_autofree char *when = is_alarm ? view_ago(view, view->attempt_at, canvas)
                                         : view_clock(view, view->expired_at, canvas);
        canvas_add_format(
            canvas, role, SPAN_PLAIN,
            is_alarm ? _("the last refresh failed (%s):") : _("no new numbers since %s:"), when);
        canvas_break(canvas);
    }
    canvas_add_lines(canvas, role, message);
}

static void tooltip_draw_title(const struct view *view, struct canvas *canvas)
{
    guint width = tooltip_width(view);
    g_autofree char *name = text_cut(view->snapshot ? view->snapshot->name : view->icon, width);
    const char *plan = view->snapshot ? view->snapshot->plan : NULL;

    canvas_add(canvas, ROLE_ACCENT, SPAN_BOLD, name);
    if (plan)
        tooltip_add_cut(canvas, ROLE_DIM, plan, width - text_columns(name));
}

void tooltip_draw(const struct view *view, struct canvas *canvas)
{
    const struct snapshot *snapshot = view->snapshot;

    tooltip_draw_title(view, canvas);
    if (snapshot) {
        tooltip_draw_limits(view, canvas);
        for (guint i = 0; i < snapshot->balances->len; i++)
            tooltip_draw_balance(snapshot->balances->pdata[i], canvas);
        tooltip_draw_age(view, canvas);
    }
    if (view->error) {
        tooltip_draw_error(view, canvas);
    } else if (view->state == VIEW_LOADING) {
        tooltip_begin_line(canvas);
        canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, _("asking for the usage…"));
    }
}
