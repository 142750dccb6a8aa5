/* What wakes a process that draws continuously: the clock, files, signals, clicks, the end of a
 * refresh, a network that comes back, and the end of the bar itself. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define WAKEUP_MAX_CLICKS 16

struct wakeup_reasons {
    bool wants_refresh;    /* SIGUSR1 */
    bool network_has_news; /* an address or a route was added */
    bool refresh_has_ended;
    gsize clicks;
    int buttons[WAKEUP_MAX_CLICKS];
    /* Nothing is set for the timer, a file, or SIGHUP: everything is read again anyway. */
};

struct wakeup;

/* From now on SIGUSR1 and SIGHUP wake this process instead of ending it, and SIGPIPE is ignored.
 * `read_click` parses a line of the standard input (adapter.h); NULL: the input is not read. */
struct wakeup *wakeup_new(int (*read_click)(const char *line));
void wakeup_free(struct wakeup *wakeup);

/* To be called before reading the clock from which `until` is computed: if the clock jumps after
 * this call, wakeup_wait returns at once. */
void wakeup_note_clock(struct wakeup *wakeup);

/* Wakes when one of these files changes (file_watch.h). */
void wakeup_watch_files(struct wakeup *wakeup, const char *const *files);

/* False if some of them can't be watched: then look at them from time to time. */
bool wakeup_sees_files(const struct wakeup *wakeup);

/* Sets whether to wake when the network may have come back. */
void wakeup_watch_network(struct wakeup *wakeup, bool wanted);

/* Sleeps until this time (microseconds since 1970) or until something happens. `refresh_end` is the
 * descriptor of struct refresh_process, or -1. False if the bar has gone. */
bool wakeup_wait(struct wakeup *wakeup, gint64 until, int refresh_end,
                 struct wakeup_reasons *reasons);
