#include "plugins/kimi/answer/stats.h"

#include "plugins/kimi/answer/field.h"
#include "plugins/kimi/answer/reading.h"

static void stats_add_rate_limit(GPtrArray *readings, enum reading_window window,
                                 const struct json *limit, gint64 now)
{
    if (!reading_is_disabled(limit))
        reading_add_ratio(readings, window, json_get(limit, "ratio"), reading_is_enabled(limit),
                          field_reset(limit, now));
}

/* Adds the month of the subscription; gifts and other features have balances of the same shape. */
static void stats_add_month(GPtrArray *readings, const struct json *balance)
{
    struct reading *share;
    gint64 expires = 0;
    bool exists;

    if (reading_is_disabled(balance) ||
        !field_is_text_or_absent(balance, "feature", "FEATURE_OMNI") ||
        !field_is_text_or_absent(balance, "type", "SUBSCRIPTION"))
        return;
    exists = field_time(json_get(balance, "expireTime"), &expires) || reading_is_enabled(balance);
    reading_add_ratio(readings, READING_MONTHLY, json_get(balance, "amountUsedRatio"), exists,
                      expires);
    share = reading_add_ratio(readings, READING_MONTHLY, json_get(balance, "kimiCodeUsedRatio"),
                              false, expires);
    if (share)
        share->is_code_share = true;
}

void stats_add_readings(GPtrArray *readings, const struct json *stats, gint64 now)
{
    stats_add_rate_limit(readings, READING_SESSION, json_get(stats, "ratelimitCode5h"), now);
    stats_add_rate_limit(readings, READING_WEEKLY, json_get(stats, "ratelimitCode7d"), now);
    stats_add_month(readings, json_get(stats, "subscriptionBalance"));
}
