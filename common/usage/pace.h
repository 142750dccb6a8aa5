/* Whether a window is used faster or slower than evenly, computed from its length and its reset for
 * the time at which its numbers were taken. The words are those of CodexBar. */
#pragma once

#include "common/usage/snapshot.h"

struct pace {
    double expected;   /* percent that an even use would have used by then */
    double delta;      /* percentage points used beyond that; negative: saved */
    bool is_exhausted; /* nothing is left, so there is nothing to project */
    gint64 runs_out;   /* seconds since 1970 when all is used at the rate so far; 0: not before the
                        * reset */
};

/* Returns false if there is no pace: the length, the reset or the use is not known, the window has
 * been reset since (`now`: seconds since 1970), its reset is farther away than it is long, or less
 * than 3 % of it had passed, which is too little to compute a rate. */
bool pace_calculate(const struct window *window, const struct snapshot *snapshot, gint64 now,
                    struct pace *pace);

/* `delta` in whole points, as it is shown; 0 within two points, which is on pace. */
int pace_points(const struct pace *pace);

/* "onTrack", "slightlyAhead", … "farBehind". Ahead: more is used than expected. */
const char *pace_stage(const struct pace *pace);

/* "12% in deficit | Expected 16% used | Projected empty in 2h 30m", in the user's language; the
 * caller frees it. `now`: seconds since 1970; `countdown`: the text of duration.h from then to
 * `runs_out`, ignored if that is 0; `remaining`: show what is expected to be left. */
char *pace_summary(const struct pace *pace, bool remaining, gint64 now, const char *countdown);
