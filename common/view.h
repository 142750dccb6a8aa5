/* What is stored, judged at one moment: which state the line is in, which window is the most
 * constrained, how bad it is. All that is drawn is drawn from this. */
#pragma once

#include "common/severity.h"
#include "common/store.h"

enum view_state {
    VIEW_FRESH,   /* the snapshot is young enough */
    VIEW_STALE,   /* the last good snapshot, but fetching fails or is overdue */
    VIEW_ERROR,   /* no snapshot, and the last attempt failed */
    VIEW_LOADING, /* no snapshot yet, and none failed */
};

struct view_settings {
    struct thresholds thresholds;
    gint64 interval;  /* seconds: the age over which a snapshot is too old */
    const char *icon; /* in front of the line; NULL: the provider's name in a word */
};

struct view {
    enum view_state state;
    enum severity severity;          /* of the most constrained window */
    const struct snapshot *snapshot; /* NULL in VIEW_ERROR and VIEW_LOADING; not owned */
    const struct window *top;        /* the most constrained window; NULL: none is known */
    const GError *error;             /* of the last attempt; NULL: none. Not owned */
    gint64 attempt_at;               /* seconds since 1970 of the last attempt; 0: none */
    gint64 now;                      /* seconds since 1970 */
    struct thresholds thresholds;
    const char *provider;
    char *icon;
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

enum severity view_severity(const struct view *view, const struct window *window);

/* The role of the window's numbers: that of their severity; but old good news is ROLE_STALE. */
enum role view_role(const struct view *view, const struct window *window);

/* A percentage in whole points, as it is shown and judged: 69.5 is 70; but 99.6 is 99, for 100
 * means that nothing is left. NAN stays NAN. */
double view_whole_percent(double percent);

/* The same as text, "–" for NAN. The caller frees it. */
char *view_format_percent(double percent);

/* A word or two for an error, for bars that have no tooltip: "sign in", "offline", … */
const char *view_error_hint(enum usage_error kind);
