/* A refresh in a process of its own, so that a command that draws waits no longer than it wants to.
 *
 *     struct refresh refresh = context_refresh(context, "kimi");
 *     autoclear(stored) stored = {0};
 *
 *     refresh_and_load(&refresh, config->max_wait, &stored); */
#pragma once

#include "common/usage/refresh.h"

#include <sys/types.h>

/* In place of seconds to wait: refresh within this process, however long that takes. */
#define REFRESH_WITHIN (-1)

/* Loads what is stored of the provider into `stored`, which is all zero. If a refresh is due, it is
 * made first, and waited for during at most `max_wait` seconds: after that it goes on alone. If it
 * can't be made, stored->problem says why. */
void refresh_and_load(const struct refresh *refresh, gint64 max_wait, struct stored *stored);

struct refresh_process {
    pid_t pid; /* 0: none */
    int end;   /* becomes readable when it has ended; -1 */
};

#define REFRESH_PROCESS_NONE ((struct refresh_process){.end = -1})

/* Begins refresh_now, and the sending of its alerts, in a process of its own. If `tied`, that
 * process ends with this one, else it goes on for all other bars. Returns false and an error if no
 * process could be started. */
bool refresh_process_begin(const struct refresh *refresh, bool tied,
                           struct refresh_process *process, GError **error);

/* Whether it has ended, or ends within so many milliseconds. */
bool refresh_process_has_ended(const struct refresh_process *process, gint64 max_wait);

/* Waits at most `max_wait` seconds for its end and forgets it: if it has not ended, it goes on
 * alone. What came is in the store. Returns false and an error if nothing could be kept there. */
bool refresh_process_end(struct refresh_process *process, gint64 max_wait, GError **error);
