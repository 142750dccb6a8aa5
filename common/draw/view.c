#include "common/draw/view.h"

#include "common/base/duration.h"
#include "common/base/i18n.h"

#include <math.h>

double view_used_percent(const struct view *view, const struct window *window)
{
    return window_has_reset(window, view->snapshot, view->now) ? NAN : window->used_percent;
}

double view_left_percent(const struct view *view, const struct window *window)
{
    double used = percent_round(view_used_percent(view, window));

    return isnan(used) ? NAN : MAX(0, 100 - used);
}

double view_shown_percent(const struct view *view, const struct window *window)
{
    return view->settings.remaining ? view_left_percent(view, window)
                                    : view_used_percent(view, window);
}

double view_top_percent(const struct view *view)
{
    return view->top ? percent_round(view_shown_percent(view, view->top)) : NAN;
}

/* Judged in whole points, as they are shown: a green 70 % beside a threshold of 70 would look
 * wrong. */
enum severity view_severity(const struct view *view, const struct window *window)
{
    return severity_from_percent(percent_round(view_used_percent(view, window)),
                                 view->settings.thresholds);
}

enum role view_role(const struct view *view, const struct window *window)
{
    enum severity severity = view_severity(view, window);

    return view->state == VIEW_STALE && severity == SEVERITY_OK ? ROLE_STALE
                                                                : severity_role(severity);
}

/* The higher percentage is more constrained; of two alike the one that resets later. */
static bool view_is_worse(const struct view *view, const struct window *window,
                          const struct window *than)
{
    double percent = view_used_percent(view, window);
    double other = than ? view_used_percent(view, than) : -1;

    if (!than || percent != other)
        return percent > other;
    return window->resets_at > than->resets_at;
}

static const struct window *view_find_most_constrained(const struct view *view)
{
    const struct window *top = NULL;

    for (guint i = 0; i < view->snapshot->windows->len; i++) {
        const struct window *window = view->snapshot->windows->pdata[i];
        if (!isnan(view_used_percent(view, window)) && view_is_worse(view, window, top))
            top = window;
    }
    return top;
}

static void view_choose_top(struct view *view)
{
    if (view->settings.window)
        view->top = snapshot_window(view->snapshot, view->settings.window);
    view->is_chosen = view->top != NULL;
    if (!view->top)
        view->top = view_find_most_constrained(view);
    if (view->top)
        view->severity = view_severity(view, view->top);
}

static enum view_state view_find_state(const struct view *view)
{
    if (view->snapshot)
        return view->error ||
                       snapshot_is_too_old(view->snapshot, view->settings.interval, view->now)
                   ? VIEW_STALE
                   : VIEW_FRESH;
    return view_alarm(view) ? VIEW_ERROR : VIEW_LOADING;
}

struct view *view_new(const char *provider, const struct stored *stored,
                      const struct view_settings *settings, gint64 now)
{
    struct view *view = g_new0(struct view, 1);

    view->settings = *settings;
    view->provider = provider;
    view->icon = g_strdup(settings->icon ? settings->icon : provider);
    if (!settings->icon)
        view->icon[0] = g_ascii_toupper(view->icon[0]); /* "Kimi" */
    view->now = now;
    view->snapshot = stored->snapshot;
    view->error = stored_error(stored);
    view->expired_at = view->error ? stored->attempt.expired_at : 0;
    view->attempt_at = stored->attempt.at;
    view->state = view_find_state(view);
    if (view->snapshot)
        view_choose_top(view);
    return view;
}

void view_free(struct view *view)
{
    if (!view)
        return;
    g_free(view->icon);
    g_free(view);
}

const char *view_state_name(enum view_state state)
{
    static const char *const names[] = {
        [VIEW_FRESH] = "fresh",
        [VIEW_STALE] = "stale",
        [VIEW_ERROR] = "error",
        [VIEW_LOADING] = "loading",
    };

    return names[state];
}

const GError *view_alarm(const struct view *view)
{
    return view->expired_at == 0 ? view->error : NULL;
}

void view_note_end(const struct view *view, struct canvas *canvas)
{
    if (!view->snapshot)
        return;
    if (view->state == VIEW_FRESH)
        canvas_note_change(canvas, view->snapshot->fetched_at + view->settings.interval + 1,
                           view->now);
    for (guint i = 0; i < view->snapshot->windows->len; i++) {
        const struct window *window = view->snapshot->windows->pdata[i];
        canvas_note_change(canvas, window->resets_at, view->now);
    }
}

char *view_countdown(const struct view *view, gint64 when, bool seconds, struct canvas *canvas)
{
    gint64 left = when - view->now, lasts;
    char *text =
        seconds ? duration_countdown_exact(left, &lasts) : duration_countdown(left, &lasts);

    canvas_note_change(canvas, view->now + lasts, view->now);
    return text;
}

char *view_ago(const struct view *view, gint64 when, struct canvas *canvas)
{
    gint64 lasts;
    char *text = duration_ago(view->now - when, &lasts);

    canvas_note_change(canvas, view->now + lasts, view->now);
    return text;
}

char *view_clock(const struct view *view, gint64 when, struct canvas *canvas)
{
    gint64 lasts;
    char *text = duration_clock(when, view->now, &lasts);

    canvas_note_change(canvas, view->now + lasts, view->now);
    return text;
}

const char *view_error_hint(enum usage_error kind)
{
    static const char *const hints[] = {
        [USAGE_ERROR_AUTH] = N_("sign in"),
        [USAGE_ERROR_CONFIG] = N_("check config"),
        [USAGE_ERROR_PLAN] = N_("no plan"),
        [USAGE_ERROR_NETWORK] = N_("offline"),
        [USAGE_ERROR_RATE_LIMITED] = N_("rate limited"),
        [USAGE_ERROR_SERVER] = N_("server error"),
        [USAGE_ERROR_PAYLOAD] = N_("bad answer"),
        [USAGE_ERROR_INTERNAL] = N_("failed"),
    };

    return _(hints[kind]);
}
