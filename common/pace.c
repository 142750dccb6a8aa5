#include "common/pace.h"

#include <math.h>
#include <string.h>

#define LEAST_PART     0.03 /* of a window that must have passed */
#define ON_PACE_POINTS 2

bool pace_of(const struct window *window, const struct snapshot *snapshot, gint64 now,
             struct pace *pace)
{
    double length = 60.0 * (double)window->minutes; /* seconds */
    double elapsed = length - (double)(window->resets_at - snapshot->fetched_at);
    double used = window->used_percent;

    if (window->minutes <= 0 || window->resets_at <= snapshot->fetched_at || isnan(used) ||
        window_has_reset(window, snapshot, now) || elapsed < LEAST_PART * length)
        return false;
    *pace = (struct pace){.expected = elapsed / length * 100};
    pace->delta = used - pace->expected;
    pace->is_exhausted = used >= 100;
    /* Above an even use it runs out before the reset, and only then. */
    if (!pace->is_exhausted && pace->delta > 0)
        pace->runs_out = snapshot->fetched_at + llround(elapsed * (100 - used) / used);
    return true;
}

int pace_points(const struct pace *pace)
{
    int points = (int)lround(pace->delta);

    return ABS(points) <= ON_PACE_POINTS ? 0 : points;
}

const char *pace_stage(const struct pace *pace)
{
    static const struct {
        int points; /* at most */
        const char *ahead, *behind;
    } stages[] = {
        {ON_PACE_POINTS, "onTrack", "onTrack"},
        {6, "slightlyAhead", "slightlyBehind"},
        {12, "ahead", "behind"},
    };
    int points = pace_points(pace);

    for (gsize i = 0; i < G_N_ELEMENTS(stages); i++) {
        if (ABS(points) <= stages[i].points)
            return points > 0 ? stages[i].ahead : stages[i].behind;
    }
    return points > 0 ? "farAhead" : "farBehind";
}

static char *projection(const struct pace *pace, const char *countdown)
{
    if (pace->is_exhausted)
        return g_strdup("");
    if (pace->runs_out == 0)
        return g_strdup(" | Lasts until reset");
    return g_strdup_printf(" | Projected empty %s%s", strcmp(countdown, "now") == 0 ? "" : "in ",
                           countdown);
}

char *pace_summary(const struct pace *pace, bool remaining, const char *countdown)
{
    g_autofree char *ending = projection(pace, countdown);
    int points = pace_points(pace), expected = (int)lround(pace->expected);
    g_autofree char *beginning = points == 0 ? g_strdup("On pace")
                                             : g_strdup_printf("%d%% in %s", ABS(points),
                                                               points > 0 ? "deficit" : "reserve");

    return g_strdup_printf("%s | Expected %d%% %s%s", beginning,
                           remaining ? 100 - expected : expected, remaining ? "left" : "used",
                           ending);
}
