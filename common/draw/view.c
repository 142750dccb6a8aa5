#include "common/draw/view.h"

#include "common/base/duration.h"
#include "common/base/i18n.h"
#include "common/usage/percent.h"

#include <math.h>

double view_percent(const struct view *view, const struct window *window)
{
    return window_has_reset(window, view->snapshot, view->now) ? NAN : window->used_percent;
}

double view_left_percent(const struct view *view, const struct window *window)
{
    double used = percent_round(view_percent(view, window));

    return isnan(used) ? NAN : MAX(0, 100 - used);
}

double view_said_percent(const struct view *view, const struct window *window)
{
    return view->remaining ? view_left_percent(view, window) : view_percent(view, window);
}

/* By what is shown: a green 70 % beside a threshold of 70 would look wrong. */
enum severity view_severity(const struct view *view, const struct window *window)
{
    return severity_from_percent(percent_round(view_percent(view, window)), view->thresholds);
}

enum role view_role(const struct view *view, const struct window *window)
{
    enum severity severity = view_severity(view, window);

    return view->state == VIEW_STALE && severity == SEVERITY_OK ? ROLE_STALE
                                                                : severity_role(severity);
}

/* Higher is more constrained; of two alike the one that stays so for longer. */
static bool is_worse(const struct view *view, const struct window *window,
                     const struct window *than)
{
    double percent = view_percent(view, window);
    double other = than ? view_percent(view, than) : -1;

    if (percent != other)
        return percent > other;
    return window->resets_at > than->resets_at;
}

static const struct window *most_constrained(const struct view *view)
{
    const struct window *top = NULL;

    for (guint i = 0; i < view->snapshot->windows->len; i++) {
        const struct window *window = view->snapshot->windows->pdata[i];
        if (!isnan(view_percent(view, window)) && is_worse(view, window, top))
            top = window;
    }
    return top;
}

static void choose_top(struct view *view, const char *chosen)
{
    if (chosen)
        view->top = snapshot_window(view->snapshot, chosen);
    view->is_chosen = view->top != NULL;
    if (!view->top)
        view->top = most_constrained(view);
}

/* "kimi" becomes "Kimi". */
static char *word_of(const char *provider)
{
    char *word = g_strdup(provider);

    word[0] = g_ascii_toupper(word[0]);
    return word;
}

static struct view *new_view(const char *provider, const struct view_settings *settings, gint64 now)
{
    struct view *view = g_new0(struct view, 1);

    view->provider = provider;
    view->thresholds = settings->thresholds;
    view->now = now;
    view->interval = settings->interval;
    view->remaining = settings->remaining;
    view->is_refreshing = settings->is_refreshing;
    view->icon = settings->icon ? g_strdup(settings->icon) : word_of(provider);
    return view;
}

static enum view_state state_of(const struct view *view)
{
    if (view->snapshot)
        return view->error || snapshot_is_too_old(view->snapshot, view->interval, view->now)
                   ? VIEW_STALE
                   : VIEW_FRESH;
    return view->error && view->expired_at == 0 ? VIEW_ERROR : VIEW_LOADING;
}

struct view *view_new(const char *provider, const struct stored *stored,
                      const struct view_settings *settings, gint64 now)
{
    struct view *view = new_view(provider, settings, now);

    view->snapshot = stored->snapshot;
    view->error = stored_error(stored);
    view->expired_at = view->error ? stored->attempt.expired_at : 0;
    view->attempt_at = stored->attempt.at;
    view->state = state_of(view);
    if (view->snapshot)
        choose_top(view, settings->window);
    if (view->top)
        view->severity = view_severity(view, view->top);
    return view;
}

struct view *view_new_error(const char *provider, const GError *error,
                            const struct view_settings *settings, gint64 now)
{
    struct view *view = new_view(provider, settings, now);

    view->error = error;
    view->state = VIEW_ERROR;
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

void view_note_change(const struct view *view, gint64 when)
{
    if (view->changes_at && when > view->now &&
        (*view->changes_at == 0 || when < *view->changes_at))
        *view->changes_at = when;
}

void view_note_end(const struct view *view)
{
    if (!view->snapshot)
        return;
    if (view->state == VIEW_FRESH)
        view_note_change(view, view->snapshot->fetched_at + view->interval + 1);
    for (guint i = 0; i < view->snapshot->windows->len; i++) {
        const struct window *window = view->snapshot->windows->pdata[i];
        view_note_change(view, window->resets_at);
    }
}

static void note_span(const struct view *view, gint64 seconds)
{
    if (seconds > 0)
        view_note_change(view, view->now + seconds);
}

char *view_countdown(const struct view *view, gint64 when, bool seconds)
{
    gint64 left = when - view->now;

    note_span(view,
              seconds ? duration_countdown_exact_lasts(left) : duration_countdown_lasts(left));
    return seconds ? duration_countdown_exact(left) : duration_countdown(left);
}

char *view_ago(const struct view *view, gint64 when)
{
    note_span(view, duration_ago_lasts(view->now - when));
    return duration_ago(view->now - when);
}

char *view_clock(const struct view *view, gint64 when)
{
    note_span(view, duration_clock_lasts(when, view->now));
    return duration_clock(when, view->now);
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
