#include "plugins/kimi/answer/reconcile.h"

#include "common/base/i18n.h"
#include "plugins/kimi/answer/reading.h"

#include <math.h>
#include <string.h>

#define SAME_PERIOD 60 /* seconds that the resets of one period may differ */

/* Percent. Counts of 100 are rounded, so those of one state differ from its ratio by less. */
#define SAME_STATE (1 - 1e-9)

/* How a percent plan says "limit": its counts are percent themselves and have no unit. */
#define PERCENT_LIMIT 100

static bool reconcile_is_later(gint64 reset, gint64 other)
{
    return reset > 0 && other > 0 && reset > other + SAME_PERIOD;
}

/* Whether `a` has more digits. A ratio of 0 beside counts that are not is one that was left out. */
static bool reconcile_is_more_precise(const struct reading *a, const struct reading *b)
{
    return a->provenance == PROVENANCE_RATIO && b->provenance == PROVENANCE_COUNTS &&
           a->used_percent > 0;
}

static bool reconcile_agree(const struct reading *a, const struct reading *b)
{
    return fabs(a->used_percent - b->used_percent) < SAME_STATE;
}

/* The reading whose number is to be shown, of two of the same period. */
static const struct reading *reconcile_choose(const struct reading *a, const struct reading *b)
{
    if (isnan(b->used_percent))
        return a;
    if (isnan(a->used_percent))
        return b;
    if (reconcile_agree(a, b) && reconcile_is_more_precise(a, b))
        return a;
    if (reconcile_agree(a, b) && reconcile_is_more_precise(b, a))
        return b;
    return a->used_percent >= b->used_percent ? a : b;
}

/* Puts the numbers of `other` into the reading, which is of the same window. */
static void reconcile_replace(struct reading *reading, const struct reading *other)
{
    reading->provenance = other->provenance;
    reading->used_percent = other->used_percent;
    reading->used = other->used;
    reading->limit = other->limit;
    reading->resets_at = other->resets_at;
}

/* Joins two readings of one window into the first. */
static void reconcile_join(struct reading *into, const struct reading *other)
{
    const struct reading before = *into;
    const struct reading *chosen = reconcile_choose(&before, other);
    const struct reading *rest = chosen == other ? &before : other;

    if (reconcile_is_later(into->resets_at, other->resets_at))
        return;
    if (reconcile_is_later(other->resets_at, into->resets_at)) {
        reconcile_replace(into, other);
        return;
    }
    reconcile_replace(into, chosen);
    into->resets_at = MAX(chosen->resets_at, rest->resets_at);
    /* Counts that contradict the percentage would only confuse. */
    if (isnan(chosen->used) && reconcile_agree(chosen, rest)) {
        into->used = rest->used;
        into->limit = rest->limit;
    }
}

static struct reading *reconcile_find(const GPtrArray *readings, const char *id, const char *share)
{
    for (guint i = 0; i < readings->len; i++) {
        struct reading *reading = readings->pdata[i];
        if (strcmp(reading->id, id) == 0 && g_strcmp0(reading->share, share) == 0)
            return reading;
    }
    return NULL;
}

/* The readings of an answer, joined: each window and each share once. Borrows the strings. */
static GPtrArray *reconcile_join_all(const GPtrArray *readings)
{
    GPtrArray *joined = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = readings->pdata[i];
        struct reading *known = reconcile_find(joined, reading->id, reading->share);

        if (known) {
            reconcile_join(known, reading);
            continue;
        }
        known = g_new(struct reading, 1);
        *known = *reading;
        g_ptr_array_add(joined, known);
    }
    return joined;
}

/* A plan counts in requests unless all that it counts is out of 100. */
static bool reconcile_counts_requests(const GPtrArray *readings)
{
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = readings->pdata[i];
        if (!isnan(reading->limit) && reading->limit != PERCENT_LIMIT)
            return true;
    }
    return false;
}

/* The length of the calendar month (UTC) that ends then, in minutes; 0 if the end is unknown. The
 * month before 31 March began on the last of February. */
static gint64 reconcile_month_minutes(gint64 end)
{
    g_autoptr(GDateTime) last = end > 0 ? g_date_time_new_from_unix_utc(end) : NULL;
    g_autoptr(GDateTime) first = last ? g_date_time_add_months(last, -1) : NULL;

    return first ? g_date_time_difference(last, first) / G_TIME_SPAN_MINUTE : 0;
}

static void reconcile_add_window(struct snapshot *snapshot, const struct reading *reading,
                                 bool requests)
{
    struct window *window;

    if (reading->share || snapshot_window(snapshot, reading->id))
        return;
    window = snapshot_add_window(snapshot, reading->id, reading->label);
    window->used_percent = reading->used_percent;
    window->used = reading->used;
    window->limit = reading->limit;
    window->resets_at = reading->resets_at;
    window->minutes = reading->minutes;
    if (strcmp(reading->id, WINDOW_MONTHLY) == 0)
        window->minutes = reconcile_month_minutes(reading->resets_at);
    if (requests && !isnan(reading->limit))
        window->unit = g_strdup("requests");
}

/* A share says something only beside the use of its whole, in the same period. */
static void reconcile_add_code_share(struct snapshot *snapshot, const GPtrArray *joined)
{
    const struct reading *share = reconcile_find(joined, WINDOW_MONTHLY, SHARE_CODE);

    for (guint i = 0; share && i < snapshot->windows->len; i++) {
        struct window *window = snapshot->windows->pdata[i];
        if (strcmp(window->id, share->id) == 0 && !isnan(window->used_percent) &&
            !reconcile_is_later(window->resets_at, share->resets_at) &&
            !reconcile_is_later(share->resets_at, window->resets_at))
            window_add_share(window, SHARE_CODE, _("Code"), share->used_percent);
    }
}

void reconcile(const GPtrArray *readings, struct snapshot *snapshot)
{
    static const char *const first[] = {WINDOW_WEEKLY, WINDOW_SESSION, WINDOW_MONTHLY};
    g_autoptr(GPtrArray) joined = reconcile_join_all(readings);
    bool requests = reconcile_counts_requests(joined);

    for (gsize i = 0; i < G_N_ELEMENTS(first); i++) {
        const struct reading *reading = reconcile_find(joined, first[i], NULL);
        if (reading)
            reconcile_add_window(snapshot, reading, requests);
    }
    for (guint i = 0; i < joined->len; i++)
        reconcile_add_window(snapshot, joined->pdata[i], requests);
    reconcile_add_code_share(snapshot, joined);
}
