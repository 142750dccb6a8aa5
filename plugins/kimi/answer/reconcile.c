#include "plugins/kimi/answer/reconcile.h"

#include "common/base/i18n.h"
#include "plugins/kimi/answer/reading.h"

#include <math.h>
#include <string.h>

#define SAME_PERIOD 60 /* seconds by which the resets of one period may differ */

/* Percent. Counts of 100 are rounded, so they differ by less from the ratio of the same state. */
#define SAME_STATE (1 - 1e-9)

/* The "limit" of plans whose counts are percent and have no unit. */
#define PERCENT_LIMIT 100

static bool reconcile_is_later(gint64 reset, gint64 other)
{
    return reset > 0 && other > 0 && reset > other + SAME_PERIOD;
}

/* Whether `a` has more digits. A ratio of 0 beside counts that are not 0 was left out. */
static bool reconcile_is_more_precise(const struct reading *a, const struct reading *b)
{
    return a->is_ratio && !b->is_ratio && a->used_percent > 0;
}

static bool reconcile_agree(const struct reading *a, const struct reading *b)
{
    return fabs(a->used_percent - b->used_percent) < SAME_STATE;
}

/* The one of two readings of the same period whose number is shown. */
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

static void reconcile_replace(struct reading *reading, const struct reading *other)
{
    reading->is_ratio = other->is_ratio;
    reading->used_percent = other->used_percent;
    reading->used = other->used;
    reading->limit = other->limit;
    reading->resets_at = other->resets_at;
}

/* Merges another reading of the same window into the first. */
static void reconcile_merge(struct reading *into, const struct reading *other)
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

static struct reading *reconcile_find(const GPtrArray *readings, const char *id, bool is_code_share)
{
    for (guint i = 0; i < readings->len; i++) {
        struct reading *reading = readings->pdata[i];
        if (strcmp(reading->id, id) == 0 && reading->is_code_share == is_code_share)
            return reading;
    }
    return NULL;
}

void reconcile_join(GPtrArray *readings)
{
    guint i = 0;

    while (i < readings->len) {
        const struct reading *reading = readings->pdata[i];
        struct reading *first = reconcile_find(readings, reading->id, reading->is_code_share);

        if (first == reading) {
            i++;
        } else {
            reconcile_merge(first, reading);
            g_ptr_array_remove_index(readings, i);
        }
    }
}

/* A plan counts requests unless all its limits are 100. */
static bool reconcile_counts_requests(const GPtrArray *readings)
{
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = readings->pdata[i];
        if (!isnan(reading->limit) && reading->limit != PERCENT_LIMIT)
            return true;
    }
    return false;
}

/* The minutes of the calendar month (UTC) that ends at `end`; 0 if that is 0. A month that ends on
 * 31 March began on the last day of February. */
static gint64 reconcile_month_minutes(gint64 end)
{
    g_autoptr(GDateTime) last = end > 0 ? g_date_time_new_from_unix_utc(end) : NULL;
    g_autoptr(GDateTime) first = last ? g_date_time_add_months(last, -1) : NULL;

    return first ? g_date_time_difference(last, first) / G_TIME_SPAN_MINUTE : 0;
}

static void reconcile_add_window(struct snapshot *snapshot, const struct reading *reading,
                                 bool is_in_requests)
{
    struct window *window;

    if (reading->is_code_share || snapshot_window(snapshot, reading->id))
        return;
    window = snapshot_add_window(snapshot, reading->id, reading->label);
    window->used_percent = reading->used_percent;
    window->used = reading->used;
    window->limit = reading->limit;
    window->resets_at = reading->resets_at;
    window->minutes = reading->minutes;
    if (strcmp(reading->id, WINDOW_MONTHLY) == 0)
        window->minutes = reconcile_month_minutes(reading->resets_at);
    if (is_in_requests && !isnan(reading->limit))
        window->unit = g_strdup("requests");
}

/* A share is worth showing only beside the use of its window in the same period. */
static void reconcile_add_code_share(struct snapshot *snapshot, const GPtrArray *joined)
{
    const struct reading *share = reconcile_find(joined, WINDOW_MONTHLY, true);

    for (guint i = 0; share && i < snapshot->windows->len; i++) {
        struct window *window = snapshot->windows->pdata[i];
        if (strcmp(window->id, share->id) == 0 && !isnan(window->used_percent) &&
            !reconcile_is_later(window->resets_at, share->resets_at) &&
            !reconcile_is_later(share->resets_at, window->resets_at))
            window_add_share(window, "code", _("Code"), share->used_percent);
    }
}

void reconcile_add_windows(const GPtrArray *joined, struct snapshot *snapshot)
{
    static const char *const first[] = {WINDOW_WEEKLY, WINDOW_SESSION, WINDOW_MONTHLY};
    bool is_in_requests = reconcile_counts_requests(joined);

    for (gsize i = 0; i < G_N_ELEMENTS(first); i++) {
        const struct reading *reading = reconcile_find(joined, first[i], false);
        if (reading)
            reconcile_add_window(snapshot, reading, is_in_requests);
    }
    for (guint i = 0; i < joined->len; i++)
        reconcile_add_window(snapshot, joined->pdata[i], is_in_requests);
    reconcile_add_code_share(snapshot, joined);
}
