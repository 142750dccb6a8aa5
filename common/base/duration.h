/* Durations and times as people read them in a bar, in the language of messages (the examples are
 * English) and the local time zone. The caller frees the texts. Each sets `lasts`, unless NULL, to
 * the seconds after which it changes; 0: never. */
#pragma once

#include <glib.h>

/* A countdown of `seconds`: "4d 1h", "2h 14m", "14m", "<1m", "now" (0 or less). */
char *duration_countdown(gint64 seconds, gint64 *lasts);

/* The same, but "42s" in the last minute. */
char *duration_countdown_exact(gint64 seconds, gint64 *lasts);

/* How long ago: "just now", "2 min ago", "3 h ago", "5 days ago"; "in the future" if the number is
 * negative because a clock has jumped. */
char *duration_ago(gint64 seconds, gint64 *lasts);

/* The local time of `when`, seen from `now` (both in seconds since 1970): "13:33" today, "Fri
 * 15:23" within a week, else "16 Oct". */
char *duration_clock(gint64 when, gint64 now, gint64 *lasts);
