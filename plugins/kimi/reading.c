#include "plugins/kimi/reading.h"

#include "common/i18n.h"
#include "plugins/kimi/field.h"

#include <math.h>
#include <string.h>

#define HOUR 60
#define DAY  (24 * HOUR)

#define SESSION_MINUTES (5 * HOUR)
#define WEEKLY_MINUTES  (7 * DAY)

#define MAX_COUNT    1e12
#define MAX_READINGS 24 /* an answer with more is not from Kimi */

/* The windows that have a name. A month has no fixed length. */
static const struct named_window {
    const char *id;
    const char *label;
    gint64 minutes;
} named_windows[] = {
    {WINDOW_WEEKLY, N_("Weekly"), WEEKLY_MINUTES},
    {WINDOW_SESSION, N_("5-hour"), SESSION_MINUTES},
    {WINDOW_MONTHLY, N_("Monthly"), 0},
    {"monthly_code", N_("Monthly (code)"), 0},
};

static void reading_free(struct reading *reading)
{
    g_free(reading->id);
    g_free(reading->label);
    g_free(reading);
}

GPtrArray *readings_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)reading_free);
}

static struct reading *add(GPtrArray *readings, char *id, char *label, gint64 minutes)
{
    struct reading *reading = g_new0(struct reading, 1);

    reading->id = id;
    reading->label = label;
    reading->minutes = minutes;
    reading->used_percent = reading->used = reading->limit = NAN;
    g_ptr_array_add(readings, reading);
    return reading;
}

static struct reading *add_named(GPtrArray *readings, const char *id)
{
    const struct named_window *window = named_windows;

    while (strcmp(window->id, id) != 0)
        window++;
    return add(readings, g_strdup(id), g_strdup(_(window->label)), window->minutes);
}

/* A window of which only the length is known: "window_2h", "2-hour". */
static struct reading *add_by_length(GPtrArray *readings, gint64 minutes)
{
    static const struct {
        gint64 minutes;
        char letter;
        const char *label;
    } units[] = {{DAY, 'd', N_("%d-day")}, {HOUR, 'h', N_("%d-hour")}, {1, 'm', N_("%d-minute")}};
    gsize i = 0;

    for (gsize k = 0; k < G_N_ELEMENTS(named_windows); k++) {
        if (minutes > 0 && named_windows[k].minutes == minutes)
            return add_named(readings, named_windows[k].id);
    }
    if (minutes == 0) /* Two of them need not be the same window, so each has an id of its own. */
        return add(readings, g_strdup_printf("window_other%u", readings->len),
                   g_strdup(_("Other limit")), 0);
    while (minutes % units[i].minutes != 0)
        i++;
    minutes /= units[i].minutes;
    return add(readings, g_strdup_printf("window_%" G_GINT64_FORMAT "%c", minutes, units[i].letter),
               g_strdup_printf(_(units[i].label), (int)minutes), minutes * units[i].minutes);
}

static bool count_is_sane(double count)
{
    return count >= 0 && count <= MAX_COUNT;
}

/* How much of `limit` is used; NAN if the object does not tell. The service leaves out a field that
 * is zero, and `used` above the limit is real, whatever `remaining` says beside it. */
static double read_used(const struct json *object, double limit)
{
    double used, remaining;

    if (field_number(json_get(object, "used"), &used) && count_is_sane(used))
        return used;
    if (field_number(json_get(object, "remaining"), &remaining) && remaining >= 0 &&
        remaining <= limit)
        return limit - remaining;
    return NAN;
}

/* Reads both numbers; false if the window is not counted here, which a limit of 0 means. */
static bool read_counts(const struct json *object, double *used, double *limit)
{
    if (!field_number(json_get(object, "limit"), limit) || *limit <= 0 || !count_is_sane(*limit))
        return false;
    *used = read_used(object, *limit);
    if (*used / *limit > 1000) /* a ratio that no window has: field.h */
        *used = NAN;
    return true;
}

static void set_counts(struct reading *reading, double used, double limit, gint64 resets_at)
{
    reading->provenance = PROVENANCE_COUNTS;
    reading->used = used;
    reading->limit = limit;
    reading->used_percent = used / limit * 100;
    reading->resets_at = resets_at;
}

static void add_weekly(GPtrArray *readings, const struct json *usage, gint64 now)
{
    double used, limit;

    if (read_counts(usage, &used, &limit))
        set_counts(add_named(readings, WINDOW_WEEKLY), used, limit, field_reset(usage, now));
}

/* One of "limits": its parts may stand in "window" and "detail", or flat in the item. */
static void add_limit(GPtrArray *readings, const struct json *item, gint64 now)
{
    const struct json *detail = json_get(item, "detail");
    const struct json *holders[] = {json_get(item, "window"), item, detail};
    const struct json *counts = json_type(detail) == JSON_OBJECT ? detail : item;
    gint64 resets_at = field_reset(counts, now);
    gint64 minutes = 0;
    double used, limit;

    if (!read_counts(counts, &used, &limit))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(holders) && minutes == 0; i++)
        minutes = field_minutes(holders[i]);
    if (resets_at == 0)
        resets_at = field_reset(item, now);
    set_counts(add_by_length(readings, minutes), used, limit, resets_at);
}

static void add_limits(GPtrArray *readings, const struct json *limits, gint64 now)
{
    if (json_type(limits) != JSON_ARRAY)
        return;
    for (guint i = 0; i < json_length(limits) && readings->len < MAX_READINGS; i++)
        add_limit(readings, json_at(limits, i), now);
}

static void add_ratio(GPtrArray *readings, const char *id, const struct json *value,
                      gint64 resets_at)
{
    struct reading *reading;
    double ratio;

    if (!field_ratio(value, &ratio))
        return;
    reading = add_named(readings, id);
    reading->provenance = PROVENANCE_RATIO;
    reading->used_percent = ratio * 100;
    reading->resets_at = resets_at;
}

static const struct json *get_either(const struct json *object, const char *one, const char *other)
{
    const struct json *value = json_get(object, one);

    return json_type(value) != JSON_NULL ? value : json_get(object, other);
}

static void add_pools(GPtrArray *readings, const struct json *usages, gint64 now)
{
    static const struct {
        const char *key, *camel_key;
        const char *id;
    } pools[] = {
        {"limit_5h", "limit5h", WINDOW_SESSION},
        {"limit_7d", "limit7d", WINDOW_WEEKLY},
        {"limit_month_total", "limitMonthTotal", WINDOW_MONTHLY},
        {"limit_month_code", "limitMonthCode", "monthly_code"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(pools); i++) {
        const struct json *pool = get_either(usages, pools[i].key, pools[i].camel_key);
        add_ratio(readings, pools[i].id, get_either(pool, "used_ratio", "usedRatio"),
                  field_reset(pool, now));
    }
}

/* False if the scope that counts is not among them. */
static bool add_scopes(GPtrArray *readings, const struct json *usages, gint64 now)
{
    bool found = false;

    for (guint i = 0; i < json_length(usages); i++) {
        const struct json *entry = json_at(usages, i);
        if (g_strcmp0(json_string(json_get(entry, "scope")), "FEATURE_CODING") != 0)
            continue;
        add_weekly(readings, json_get(entry, "detail"), now);
        add_limits(readings, json_get(entry, "limits"), now);
        found = true;
    }
    return found;
}

bool readings_add_usages(GPtrArray *readings, const struct json *answer, gint64 now)
{
    const struct json *usage = json_get(answer, "usage");
    const struct json *limits = json_get(answer, "limits");
    const struct json *usages = json_get(answer, "usages");
    bool has_usages = json_type(usages) == JSON_OBJECT;

    add_weekly(readings, usage, now);
    add_limits(readings, limits, now);
    if (json_type(usages) == JSON_ARRAY)
        has_usages = add_scopes(readings, usages, now);
    else
        add_pools(readings, usages, now);
    return has_usages || json_type(usage) == JSON_OBJECT || json_type(limits) == JSON_ARRAY;
}

static bool is_disabled(const struct json *object)
{
    gboolean enabled = TRUE;

    return json_boolean(json_get(object, "enabled"), &enabled) && !enabled;
}

/* Whether the member is absent or says just this. */
static bool is_or_absent(const struct json *object, const char *key, const char *text)
{
    const struct json *value = json_get(object, key);

    return json_type(value) == JSON_NULL || g_strcmp0(json_string(value), text) == 0;
}

static void add_rate_limit(GPtrArray *readings, const char *id, const struct json *limit,
                           gint64 now)
{
    if (!is_disabled(limit))
        add_ratio(readings, id, json_get(limit, "ratio"), field_reset(limit, now));
}

void readings_add_stats(GPtrArray *readings, const struct json *answer, gint64 now)
{
    const struct json *balance = json_get(answer, "subscriptionBalance");
    gint64 expires = 0;

    add_rate_limit(readings, WINDOW_SESSION, json_get(answer, "ratelimitCode5h"), now);
    add_rate_limit(readings, WINDOW_WEEKLY, json_get(answer, "ratelimitCode7d"), now);
    if (is_disabled(balance) || !is_or_absent(balance, "feature", "FEATURE_OMNI") ||
        !is_or_absent(balance, "type", "SUBSCRIPTION"))
        return;
    field_time(json_get(balance, "expireTime"), &expires);
    add_ratio(readings, WINDOW_MONTHLY, json_get(balance, "amountUsedRatio"), expires);
    add_ratio(readings, "monthly_code", json_get(balance, "kimiCodeUsedRatio"), expires);
}
