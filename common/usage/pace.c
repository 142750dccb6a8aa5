#include "common/usage/pace.h"

#include "common/base/i18n.h"

#include <math.h>

#define LEAST_PART     0.03 /* of a window that must have passed */
#define ON_PACE_POINTS 2

int pace_points(const struct pace *pace)
{
    int points = (int)lround(pace->delta);

    return ABS(points) <= ON_PACE_POINTS ? 0 : points;
}

bool pace_calculate(const struct window *window, const struct snapshot *snapshot, gint64 now,
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
    /* Faster than evenly, it runs out before the reset; on pace counts as evenly. */
    if (!pace->is_exhausted && pace_points(pace) > 0)
        pace->runs_out = snapshot->fetched_at + llround(elapsed * (100 - used) / used);
    return true;
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

/* The caller frees it; NULL: there is none. */
static char *pace_format_projection(const struct pace *pace, gint64 now, const char *countdown)
{
    if (pace->is_exhausted)
        return NULL;
    if (pace->runs_out == 0)
        return g_strdup(_("Lasts until reset"));
    return pace->runs_out <= now ? g_strdup(_("Projected empty now"))
                                 : g_strdup_printf(_("Projected empty in %s"), countdown);
}

static char *pace_format_balance(int points)
{
    if (points == 0)
        return g_strdup(_("On pace"));
    return g_strdup_printf(points > 0 ? _("%d%% in deficit") : _("%d%% in reserve"), ABS(points));
}

char *pace_summary(const struct pace *pace, bool remaining, gint64 now, const char *countdown)
{
    int expected = (int)lround(pace->expected);
    g_autofree char *beginning = pace_format_balance(pace_points(pace));
    g_autofree char *middle = remaining ? g_strdup_printf(_("Expected %d%% left"), 100 - expected)
                                        : g_strdup_printf(_("Expected %d%% used"), expected);
    g_autofree char *ending = pace_format_projection(pace, now, countdown);

    return g_strjoin(" | ", beginning, middle, ending, NULL);
}
