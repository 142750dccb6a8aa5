/* A refresh in a process of its own, so that whoever draws waits no longer than it wants to. */
#pragma once

#include "common/usage/refresh.h"

#include <sys/types.h>

struct aside {
    pid_t process; /* 0: none */
    int end;       /* becomes readable when it has ended; -1 */
};

#define ASIDE_NONE ((struct aside){.end = -1})

/* Begins refresh_now in a process of its own. If `tied`, that process ends with this one, else it
 * goes on for all other bars. False and an error if no process could be started. */
bool aside_begin(const struct refresh *refresh, bool tied, struct aside *aside, GError **error);

/* Whether it has ended, or does within so many milliseconds. */
bool aside_has_ended(const struct aside *aside, gint64 max_wait);

/* Waits for its end, for at most `max_wait` seconds, and lets go of it: after that it goes on
 * alone. What came of it is in the store; false and an error if there was no way to keep it there.
 */
bool aside_end(struct aside *aside, gint64 max_wait, GError **error);

/* Both, for somebody who waits. */
bool refresh_aside(const struct refresh *refresh, gint64 max_wait, GError **error);
