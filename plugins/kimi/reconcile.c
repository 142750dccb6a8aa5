#include "plugins/kimi/reconcile.h"

#include <math.h>
#include <string.h>

#define SAME_PERIOD 60 /* seconds that the resets of one period may differ */

/* Percent. Counts of 100 are rounded, so those of one state differ from its ratio by less. */
#define SAME_STATE (1 - 1e-9)

/* How a percent plan says "limit": its counts are percent themselves and have no unit. */
#define PERCENT_LIMIT 100

static bool is_of_later_period(const struct reading *a, const struct reading *b)
{
    return a->resets_at > 0 && b->resets_at > 0 && a->resets_at > b->resets_at + SAME_PERIOD;
}

/* Whether `a` has more digits. A ratio of 0 beside counts that are not is one that was left out. */
static bool is_more_precise(const struct reading *a, const struct reading *b)
{
    return a->provenance == PROVENANCE_RATIO && b->provenance == PROVENANCE_COUNTS &&
           a->used_percent > 0;
}

static bool agree(const struct reading *a, const struct reading *b)
{
    return fabs(a->used_percent - b->used_percent) < SAME_STATE;
}

/* The reading whose number is to be shown, of two of the same period. */
static const struct reading *choose(const struct reading *a, const struct reading *b)
{
    if (isnan(b->used_percent))
        return a;
    if (isnan(a->used_percent))
        return b;
    if (agree(a, b) && is_more_precise(a, b))
        return a;
    if (agree(a, b) && is_more_precise(b, a))
        return b;
    return a->used_percent >= b->used_percent ? a : b;
}

/* Puts the numbers of `other` into the reading, which is of the same window. */
static void replace(struct reading *reading, const struct reading *other)
{
    reading->provenance = other->provenance;
    reading->used_percent = other->used_percent;
    reading->used = other->used;
    reading->limit = other->limit;
    reading->resets_at = other->resets_at;
}

/* Joins two readings of one window into the first. */
static void join(struct reading *into, const struct reading *other)
{
    const struct reading before = *into;
    const struct reading *chosen = choose(&before, other);
    const struct reading *rest = chosen == other ? &before : other;

    if (is_of_later_period(into, other))
        return;
    if (is_of_later_period(other, into)) {
        replace(into, other);
        return;
    }
    replace(into, chosen);
    into->resets_at = MAX(chosen->resets_at, rest->resets_at);
    /* Counts that contradict the percentage would only confuse. */
    if (isnan(chosen->used) && agree(chosen, rest)) {
        into->used = rest->used;
        into->limit = rest->limit;
    }
}

static struct reading *find(const GPtrArray *readings, const char *id)
{
    for (guint i = 0; i < readings->len; i++) {
        struct reading *reading = readings->pdata[i];
        if (strcmp(reading->id, id) == 0)
            return reading;
    }
    return NULL;
}

/* The readings of an answer, joined: each window once. Borrows the strings. */
static GPtrArray *join_all(const GPtrArray *readings)
{
    GPtrArray *joined = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = readings->pdata[i];
        struct reading *known = find(joined, reading->id);

        if (known) {
            join(known, reading);
            continue;
        }
        known = g_new(struct reading, 1);
        *known = *reading;
        g_ptr_array_add(joined, known);
    }
    return joined;
}

/* A plan counts in requests unless all that it counts is out of 100. */
static bool counts_requests(const GPtrArray *readings)
{
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = readings->pdata[i];
        if (!isnan(reading->limit) && reading->limit != PERCENT_LIMIT)
            return true;
    }
    return false;
}

static void add_window(struct snapshot *snapshot, const struct reading *reading, bool requests)
{
    struct window *window;

    if (snapshot_window(snapshot, reading->id))
        return;
    window = snapshot_add_window(snapshot, reading->id, reading->label);
    window->used_percent = reading->used_percent;
    window->used = reading->used;
    window->limit = reading->limit;
    window->resets_at = reading->resets_at;
    window->minutes = reading->minutes;
    if (requests && !isnan(reading->limit))
        window->unit = g_strdup("requests");
}

void reconcile(const GPtrArray *readings, struct snapshot *snapshot)
{
    static const char *const first[] = {WINDOW_WEEKLY, WINDOW_SESSION, WINDOW_MONTHLY,
                                        "monthly_code"};
    g_autoptr(GPtrArray) joined = join_all(readings);
    bool requests = counts_requests(joined);

    for (gsize i = 0; i < G_N_ELEMENTS(first); i++) {
        const struct reading *reading = find(joined, first[i]);
        if (reading)
            add_window(snapshot, reading, requests);
    }
    for (guint i = 0; i < joined->len; i++)
        add_window(snapshot, joined->pdata[i], requests);
}
