/* When a process that draws continuously refreshes, and when it looks again at what it draws. The
 * functions know no clock: they get the time, in seconds since 1970 unless said otherwise, and so
 * can be tested. Where a function returns a time, 0 means never. */
#pragma once

#include "common/usage/store.h"

#include <glib.h>
#include <stdbool.h>

/* Seconds at most by which a refresh is put off at random, so that of many bars one asks and the
 * others find its answer. */
#define SCHEDULE_JITTER 3

/* Seconds within which a refresh is made after the network has come back or the machine has woken:
 * the network needs a moment. */
#define SCHEDULE_HURRY 5

/* All zero: nothing has happened yet. */
struct schedule {
    gint64
        retry_at; /* no automatic refresh before this, because nothing could be stored; 0: none */
    gint64 hurry_at;  /* a refresh because the network may be back; 0: none */
    gint64 news_at;   /* news of the network are ignored before this; 0: none */
    gint64 news_wait; /* seconds for which they were ignored last */
    gint64 jitter;    /* seconds by which the next refresh is put off */
    gint64 begun_at;  /* when the last refresh was begun */
    gint64 begin_at;  /* when the next one is to begin, with its jitter */
    gint64 forced_at; /* attempt.at of the last refresh that somebody asked for */
    /* Microseconds of the monotonic clock until which that refresh is shown at least. */
    gint64 mark_until;
    bool is_wanted; /* the user asks for a refresh */
    bool is_forced; /* the last refresh was one that the user asked for */
};

/* The user asks for a refresh. Ignored while one that was asked for is running; `monotonic` is in
 * microseconds. */
void schedule_want(struct schedule *schedule, bool is_running, gint64 monotonic);

/* That refresh can't be made. */
void schedule_refuse(struct schedule *schedule);

/* The network may be back: refreshes `delay` seconds later. If that is planned already, it is not
 * put off any further. */
void schedule_hurry(struct schedule *schedule, gint64 now, gint64 delay);

/* The machine has slept: refreshes `delay` seconds later, also where nothing could be stored. */
void schedule_wake(struct schedule *schedule, gint64 now, gint64 delay);

/* To be called first at each look: the clock may have been set back, and times that were noted
 * before would be far ahead. */
void schedule_note_clock(struct schedule *schedule, gint64 now);

/* Another provider is drawn: waits of the last one do not apply to it. */
void schedule_change_provider(struct schedule *schedule);

/* Nothing could be stored: the next try is a while off. */
void schedule_note_unstored(struct schedule *schedule, gint64 now);

/* When to begin the refresh that is due at `due_at` (refresh_due_at); `now` or earlier: at once. */
gint64 schedule_begins_at(struct schedule *schedule, const struct attempt *attempt, gint64 due_at,
                          gint64 now);

/* A refresh begins; the next one is put off by `jitter` seconds. */
void schedule_begin(struct schedule *schedule, gint64 now, gint64 jitter);

/* The time until which news of the network are ignored. 0: they are of interest if the network is
 * what is missing (schedule_lacks_network). */
gint64 schedule_ignores_network_until(struct schedule *schedule, const struct attempt *attempt,
                                      gint64 now);
bool schedule_lacks_network(const struct attempt *attempt);

/* Whether to show that a refresh is under way which somebody asked for: until it ends, and so long
 * that it is seen. `is_running`: this process's own refresh. `is_first`: nothing has been drawn
 * yet. */
bool schedule_shows_refreshing(struct schedule *schedule, const struct attempt *attempt,
                               bool is_running, bool is_first, gint64 now, gint64 monotonic);

/* When to stop showing it although it has not ended: it was killed. */
gint64 schedule_refreshing_ends_at(const struct attempt *attempt, gint64 now);

/* When to draw again something whose text and tooltip change at these times (0: never). `is_blind`:
 * the system does not report changes of all files. */
gint64 schedule_redraws_at(gint64 text_changes_at, gint64 tooltip_changes_at, bool is_blind,
                           gint64 now);

/* The earlier of two times. */
gint64 schedule_earlier(gint64 a, gint64 b);
