#include "plugins/kimi/answer/quota.h"

#include "plugins/kimi/answer/field.h"
#include "plugins/kimi/answer/reading.h"

#include <math.h>

#define MAX_COUNT  1e12
#define MAX_LIMITS 24 /* readings when one of "limits" is added; Kimi sends fewer */

static bool quota_count_is_sane(double count)
{
    return count >= 0 && count <= MAX_COUNT;
}

/* How much of `limit` is used; NAN: unknown. The service leaves out members that are zero, and
 * `used` may exceed the limit, whatever `remaining` says. */
static double quota_read_used(const struct json *object, double limit)
{
    double used, remaining;

    if (field_number(json_get(object, "used"), &used) && quota_count_is_sane(used))
        return used;
    if (field_number(json_get(object, "remaining"), &remaining) && remaining >= 0 &&
        remaining <= limit)
        return limit - remaining;
    return NAN;
}

/* False if the window is not counted here, which is what a limit of 0 means. */
static bool quota_read_counts(const struct json *object, double *used, double *limit)
{
    if (!field_number(json_get(object, "limit"), limit) || *limit <= 0 ||
        !quota_count_is_sane(*limit))
        return false;
    *used = quota_read_used(object, *limit);
    if (*used / *limit > FIELD_MAX_RATIO)
        *used = NAN;
    return true;
}

static void quota_set_counts(struct reading *reading, double used, double limit, gint64 resets_at)
{
    reading->used = used;
    reading->limit = limit;
    reading->used_percent = used / limit * 100;
    reading->resets_at = resets_at;
}

static void quota_add_weekly(GPtrArray *readings, const struct json *usage, gint64 now)
{
    double used, limit;

    if (quota_read_counts(usage, &used, &limit))
        quota_set_counts(reading_add_named(readings, READING_WEEKLY), used, limit,
                         field_reset(usage, now));
}

static const struct json *quota_get_object(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);

    return json_type(value) == JSON_OBJECT ? value : NULL;
}

static const char *quota_find_name(const struct json *item, const struct json *detail)
{
    static const char *const keys[] = {"name", "title", NULL};
    const char *name = json_string(field_first(item, keys));

    return name ? name : json_string(field_first(detail, keys));
}

/* Adds an item of "limits". Its members are in "window" and "detail", or in the item itself. */
static void quota_add_limit(GPtrArray *readings, const struct json *item, gint64 now)
{
    const struct json *detail = quota_get_object(item, "detail");
    const struct json *holders[] = {json_get(item, "window"), item, detail};
    const struct json *counts = detail ? detail : item;
    gint64 resets_at = field_reset(counts, now);
    gint64 minutes = 0;
    double used, limit;

    if (!quota_read_counts(counts, &used, &limit))
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(holders) && minutes == 0; i++)
        minutes = field_minutes(holders[i]);
    if (resets_at == 0)
        resets_at = field_reset(item, now);
    quota_set_counts(reading_add_by_length(readings, minutes, quota_find_name(item, detail)), used,
                     limit, resets_at);
}

static void quota_add_limits(GPtrArray *readings, const struct json *limits, gint64 now)
{
    if (json_type(limits) != JSON_ARRAY)
        return;
    for (guint i = 0; i < json_length(limits) && readings->len < MAX_LIMITS; i++)
        quota_add_limit(readings, json_at(limits, i), now);
}

static void quota_add_pools(GPtrArray *readings, const struct json *usages, gint64 now)
{
    static const struct {
        const char *keys[4]; /* of the service, then as clients store them */
        enum reading_window window;
        bool is_code_share;
    } pools[] = {
        {{"limit_5h", "limit5h"}, READING_SESSION, false},
        {{"limit_7d", "limit7d"}, READING_WEEKLY, false},
        {{"limit_month_total", "monthTotal", "limitMonthTotal"}, READING_MONTHLY, false},
        {{"limit_month_code", "monthCode", "limitMonthCode"}, READING_MONTHLY, true},
    };
    static const char *const ratios[] = {"used_ratio", "usedRatio", NULL};

    for (gsize i = 0; i < G_N_ELEMENTS(pools); i++) {
        const struct json *pool = field_first(usages, pools[i].keys);
        struct reading *reading;

        if (!field_boolean(pool, "enabled", true))
            continue;
        reading = reading_add_ratio(readings, pools[i].window, field_first(pool, ratios),
                                    field_boolean(pool, "enabled", false), field_reset(pool, now));
        if (reading)
            reading->is_code_share = pools[i].is_code_share;
    }
}

/* The entry for coding in the web's array; NULL: there is none. */
static const struct json *quota_find_scope(const struct json *usages)
{
    for (guint i = 0; i < json_length(usages); i++) {
        const struct json *entry = json_at(usages, i);
        if (g_strcmp0(json_string(json_get(entry, "scope")), "FEATURE_CODING") == 0)
            return entry;
    }
    return NULL;
}

bool quota_is_web(const struct json *usage)
{
    return json_type(json_get(usage, "usages")) == JSON_ARRAY;
}

void quota_add_usage(GPtrArray *readings, const struct json *usage, gint64 now)
{
    const struct json *usages = json_get(usage, "usages");

    quota_add_weekly(readings, json_get(usage, "usage"), now);
    quota_add_limits(readings, json_get(usage, "limits"), now);
    if (quota_is_web(usage)) {
        const struct json *entry = quota_find_scope(usages);
        quota_add_weekly(readings, json_get(entry, "detail"), now);
        quota_add_limits(readings, json_get(entry, "limits"), now);
    } else {
        quota_add_pools(readings, usages, now);
    }
}

static void quota_add_rate_limit(GPtrArray *readings, enum reading_window window,
                                 const struct json *limit, gint64 now)
{
    if (field_boolean(limit, "enabled", true))
        reading_add_ratio(readings, window, json_get(limit, "ratio"),
                          field_boolean(limit, "enabled", false), field_reset(limit, now));
}

/* Adds the month of the subscription; gifts and other features have balances of the same shape. */
static void quota_add_month(GPtrArray *readings, const struct json *balance)
{
    struct reading *share;
    gint64 expires = 0;
    bool exists;

    if (!field_boolean(balance, "enabled", true) ||
        !field_is_text_or_absent(balance, "feature", "FEATURE_OMNI") ||
        !field_is_text_or_absent(balance, "type", "SUBSCRIPTION"))
        return;
    exists = field_time(json_get(balance, "expireTime"), &expires) ||
             field_boolean(balance, "enabled", false);
    reading_add_ratio(readings, READING_MONTHLY, json_get(balance, "amountUsedRatio"), exists,
                      expires);
    share = reading_add_ratio(readings, READING_MONTHLY, json_get(balance, "kimiCodeUsedRatio"),
                              false, expires);
    if (share)
        share->is_code_share = true;
}

void quota_add_statistics(GPtrArray *readings, const struct json *statistics, gint64 now)
{
    quota_add_rate_limit(readings, READING_SESSION, json_get(statistics, "ratelimitCode5h"), now);
    quota_add_rate_limit(readings, READING_WEEKLY, json_get(statistics, "ratelimitCode7d"), now);
    quota_add_month(readings, json_get(statistics, "subscriptionBalance"));
}

static bool quota_is_empty(const struct json *value)
{
    return field_is_absent(value) || (json_type(value) >= JSON_ARRAY && json_length(value) == 0);
}

static bool quota_counts_nothing(const struct json *counts)
{
    double limit;

    return quota_is_empty(counts) ||
           (field_number(json_get(counts, "limit"), &limit) && limit <= 0);
}

static bool quota_limits_count_nothing(const struct json *limits)
{
    if (quota_is_empty(limits))
        return true;
    for (guint i = 0; json_type(limits) == JSON_ARRAY && i < json_length(limits); i++) {
        const struct json *item = json_at(limits, i);
        const struct json *detail = quota_get_object(item, "detail");
        if (!quota_counts_nothing(detail ? detail : item))
            return false;
    }
    return json_type(limits) == JSON_ARRAY;
}

static bool quota_usages_count_nothing(const struct json *usages)
{
    const struct json *entry = quota_find_scope(usages);

    if (quota_is_empty(usages))
        return true;
    if (json_type(usages) == JSON_ARRAY)
        return entry && quota_counts_nothing(json_get(entry, "detail")) &&
               quota_limits_count_nothing(json_get(entry, "limits"));
    for (guint i = 0; json_type(usages) == JSON_OBJECT && i < json_length(usages); i++) {
        const struct json *pool = json_at(usages, i);
        if (!quota_is_empty(pool) && field_boolean(pool, "enabled", true))
            return false;
    }
    return json_type(usages) == JSON_OBJECT;
}

/* Whether answers have this member with or without a quota. */
static bool quota_is_side_member(const char *key)
{
    static const char *const members[] = {
        "user",           "version",        "parallel", "totalQuota",
        "authentication", "subType",        "domain",   "region",
        "boosterWallet",  "booster_wallet", NULL,
    };

    return g_strv_contains(members, key);
}

bool quota_is_absent(const struct json *usage)
{
    static const struct {
        const char *key;
        bool (*counts_nothing)(const struct json *member);
    } members[] = {
        {"usage", quota_counts_nothing},
        {"limits", quota_limits_count_nothing},
        {"usages", quota_usages_count_nothing},
    };
    bool has_member = false;

    if (json_type(usage) != JSON_OBJECT)
        return false;
    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        const struct json *member = json_get(usage, members[i].key);
        if (!members[i].counts_nothing(member))
            return false;
        has_member = has_member || member;
    }
    /* Only unknown members: perhaps a new format, or an error with HTTP 200. */
    for (guint i = 0; i < json_length(usage) && !has_member; i++) {
        if (!quota_is_side_member(json_key_at(usage, i)))
            return false;
    }
    return true;
}
