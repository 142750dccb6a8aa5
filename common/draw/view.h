/* What is stored of a provider, judged at one moment: which state it is in, which window is the
 * most constrained, how bad that is. Lines, tooltips and templates are all drawn from a view.
 *
 *     autoptr(view) view = view_new("kimi", &stored, &settings, now);
 *     autoptr(line) line = line_new(view, formats);
 */
#pragma once

#include "common/draw/gauge.h"
#include "common/usage/severity.h"
#include "common/usage/store.h"

enum view_state {
    VIEW_FRESH,   /* the snapshot is young enough */
    VIEW_STALE,   /* the last good snapshot, but fetching fails or is overdue */
    VIEW_ERROR,   /* no snapshot, and the last attempt failed */
    VIEW_LOADING, /* no snapshot yet, and none failed, or only a credential has to be renewed */
};

enum tooltip_layout {
    TOOLTIP_COLUMNS, /* in a fixed-width font, with gauges */
    TOOLTIP_PROSE,   /* in a font in which nothing lines up */
    TOOLTIP_NONE,    /* the bar has no tooltip */
};

struct view_settings {
    struct thresholds thresholds;
    gint64 interval;    /* seconds: the age over which a snapshot is too old */
    const char *icon;   /* in front of the line; NULL: the provider's name in a word */
    const char *window; /* id of the window that is shown instead of the most constrained one; NULL
                         * or an id that the plan does not have: none */
    enum tooltip_layout tooltip;
    struct gauge_style gauge;
    guint columns;      /* that a line of a message may have; 0: any usual number */
    bool remaining;     /* show what is left instead of what is used */
    bool is_refreshing; /* a refresh that somebody asked for is under way */
};

struct view {
    struct view_settings settings;
    const char *provider;
    char *icon; /* that of the settings, or the provider's name in a word */
    gint64 now; /* seconds since 1970 */

    enum view_state state;
    enum severity severity;          /* of `top` */
    const struct snapshot *snapshot; /* NULL in VIEW_ERROR and VIEW_LOADING; not owned */
    const struct window *top;        /* the window that the user has chosen, else the most
                                      * constrained one; NULL: none is known */
    bool is_chosen;                  /* `top` was chosen */
    const GError *error;             /* as stored_error() gives it; not owned */
    gint64 expired_at;               /* seconds since 1970: since then a credential is missing that
                                      * is renewed without the user, so that the error is no alarm;
                                      * 0: it is one */
    gint64 attempt_at;               /* seconds since 1970 of the last attempt; 0: none */
};

/* `provider`, `stored` and the strings of the settings must outlive the view. */
struct view *view_new(const char *provider, const struct stored *stored,
                      const struct view_settings *settings, gint64 now);
void view_free(struct view *view);
DEFINE_AUTOPTR(view, view_free);

/* "fresh", "stale", "error", "loading" */
const char *view_state_name(enum view_state state);

/* The error of the last attempt, if the user should know; else NULL. */
const GError *view_alarm(const struct view *view);

/* The used percentage as it may be shown now; NAN if it is not known, or belongs to a period that
 * has ended since. */
double view_used_percent(const struct view *view, const struct window *window);

/* 100 minus the used percentage as it is shown, so that the two add up; NAN if it is not known. */
double view_left_percent(const struct view *view, const struct window *window);

/* Whichever of the two the settings ask for. */
double view_shown_percent(const struct view *view, const struct window *window);

/* The shown percentage of `top`, in whole points; NAN: it is not known. */
double view_top_percent(const struct view *view);

/* Severities are judged by what is used, also where what is left is shown. */
enum severity view_severity(const struct view *view, const struct window *window);

/* The role of the window's numbers: that of their severity, or ROLE_STALE if all is well but the
 * view is stale. */
enum role view_role(const struct view *view, const struct window *window);

/* The texts of duration.h for `when` (seconds since 1970). The canvas on which one is drawn records
 * until when it is right. `seconds`: counts them within the last minute. The caller frees it. */
char *view_countdown(const struct view *view, gint64 when, bool seconds, struct canvas *canvas);
char *view_ago(const struct view *view, gint64 when, struct canvas *canvas);
char *view_clock(const struct view *view, gint64 when, struct canvas *canvas);

/* Records on the canvas when windows end, after which nothing is known of them, and when fresh
 * numbers become old. */
void view_note_end(const struct view *view, struct canvas *canvas);

/* A word or two for an error, for bars that have no tooltip: "sign in", "offline", … */
const char *view_error_hint(enum usage_error kind);
