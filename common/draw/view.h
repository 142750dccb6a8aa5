/* What is stored, judged at one moment: which state the line is in, which window is the most
 * constrained, how bad it is. All that is drawn is drawn from this. */
#pragma once

#include "common/draw/canvas.h"
#include "common/usage/severity.h"
#include "common/usage/store.h"

enum view_state {
    VIEW_FRESH,   /* the snapshot is young enough */
    VIEW_STALE,   /* the last good snapshot, but fetching fails or is overdue */
    VIEW_ERROR,   /* no snapshot, and the last attempt failed */
    VIEW_LOADING, /* no snapshot yet, and none failed, or only a credential has to be renewed */
};

struct view_settings {
    struct thresholds thresholds;
    gint64 interval;    /* seconds: the age over which a snapshot is too old */
    const char *icon;   /* in front of the line; NULL: the provider's name in a word */
    const char *window; /* id of the window that is shown in place of the most constrained one; NULL
                         * or not among the windows: none */
    bool remaining;     /* say what is left instead of what is used */
    bool is_refreshing; /* a refresh that somebody asked for is under way */
};

struct view {
    enum view_state state;
    enum severity severity;          /* of `top` */
    const struct snapshot *snapshot; /* NULL in VIEW_ERROR and VIEW_LOADING; not owned */
    const struct window *top;        /* the window that the user has chosen, else the most
                                      * constrained one; NULL: none is known */
    bool is_chosen;                  /* `top` was chosen */
    bool remaining;                  /* say what is left instead of what is used */
    bool is_refreshing;              /* a refresh that somebody asked for is under way */
    const GError *error;             /* of the last attempt; NULL: none. Not owned */
    gint64 expired_at;               /* seconds since 1970: that error is no alarm, for only a
                                      * credential ran out then that is renewed without the user;
                                      * 0: no */
    gint64 attempt_at;               /* seconds since 1970 of the last attempt; 0: none */
    gint64 now;                      /* seconds since 1970 */
    gint64 interval;                 /* seconds: as in the settings */
    struct thresholds thresholds;
    const char *provider;
    char *icon;
    gint64 *changes_at; /* where drawing notes the earliest moment (seconds since 1970) at which
                         * something drawn would read otherwise (0: never); NULL: nobody asks */
};

/* `provider` and `stored` must outlive the view. */
struct view *view_new(const char *provider, const struct stored *stored,
                      const struct view_settings *settings, gint64 now);

/* A view of nothing but an error that happened before the store was looked at. */
struct view *view_new_error(const char *provider, const GError *error,
                            const struct view_settings *settings, gint64 now);

void view_free(struct view *view);
DEFINE_AUTOPTR(view, view_free);

const char *view_state_name(enum view_state state); /* "fresh", …: also the CSS class */

/* The used percentage as it may be shown now; NAN if it is not known, or is that of a period that
 * has ended since. */
double view_percent(const struct view *view, const struct window *window);

/* The percentage that is said of the window: used, or left if the view is of what remains. Left is
 * counted from what is shown as used, so that the two make 100; NAN if it is not known. */
double view_said_percent(const struct view *view, const struct window *window);
double view_left_percent(const struct view *view, const struct window *window);

/* Severities are those of use, whatever is said. */
enum severity view_severity(const struct view *view, const struct window *window);

/* The role of the window's numbers: that of their severity; but old good news is ROLE_STALE. */
enum role view_role(const struct view *view, const struct window *window);

/* The texts of duration.h for `when` (seconds since 1970), each noted in changes_at. `seconds`:
 * count them within the last minute. The caller frees them. */
char *view_countdown(const struct view *view, gint64 when, bool seconds);
char *view_ago(const struct view *view, gint64 when);
char *view_clock(const struct view *view, gint64 when);

/* Notes in changes_at that something drawn reads otherwise at `when`, unless that is past. */
void view_note_change(const struct view *view, gint64 when);

/* Notes when the windows end, for nothing is known of them then, and when fresh numbers are old. */
void view_note_end(const struct view *view);

/* A word or two for an error, for bars that have no tooltip: "sign in", "offline", … */
const char *view_error_hint(enum usage_error kind);
