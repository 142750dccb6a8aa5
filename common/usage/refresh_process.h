/* A refresh in a process of its own, so that whoever draws waits no longer than it wants to. */
#pragma once

#include "common/usage/refresh.h"

#include <sys/types.h>

struct refresh_process {
    pid_t pid; /* 0: none */
    int end;   /* becomes readable when it has ended; -1 */
};

#define REFRESH_PROCESS_NONE ((struct refresh_process){.end = -1})

/* Begins refresh_now in a process of its own. If `tied`, that process ends with this one, else it
 * goes on for all other bars. False and an error if no process could be started. */
bool refresh_process_begin(const struct refresh *refresh, bool tied,
                           struct refresh_process *process, GError **error);

/* Whether it has ended, or does within so many milliseconds. */
bool refresh_process_has_ended(const struct refresh_process *process, gint64 max_wait);

/* Waits for its end, for at most `max_wait` seconds, and lets go of it: after that it goes on
 * alone. What came of it is in the store; false and an error if there was no way to keep it there.
 */
bool refresh_process_end(struct refresh_process *process, gint64 max_wait, GError **error);

/* Both, for somebody who waits. */
bool refresh_process_run(const struct refresh *refresh, gint64 max_wait, GError **error);
