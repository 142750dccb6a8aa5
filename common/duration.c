#include "common/duration.h"

#include <time.h>

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static char *two_units(gint64 first, char first_unit, gint64 second, char second_unit)
{
    if (second == 0)
        return g_strdup_printf("%" G_GINT64_FORMAT "%c", first, first_unit);
    return g_strdup_printf("%" G_GINT64_FORMAT "%c %" G_GINT64_FORMAT "%c", first, first_unit,
                           second, second_unit);
}

char *duration_countdown(gint64 seconds)
{
    if (seconds <= 0)
        return g_strdup("now");
    if (seconds < MINUTE)
        return g_strdup("<1m");
    if (seconds < HOUR)
        return g_strdup_printf("%dm", (int)(seconds / MINUTE));
    if (seconds < DAY)
        return two_units(seconds / HOUR, 'h', seconds % HOUR / MINUTE, 'm');
    return two_units(seconds / DAY, 'd', seconds % DAY / HOUR, 'h');
}

char *duration_ago(gint64 seconds)
{
    if (seconds < -MINUTE)
        return g_strdup("in the future");
    if (seconds < MINUTE)
        return g_strdup("just now");
    if (seconds < HOUR)
        return g_strdup_printf("%d min ago", (int)(seconds / MINUTE));
    if (seconds < 2 * DAY)
        return g_strdup_printf("%d h ago", (int)(seconds / HOUR));
    return g_strdup_printf("%" G_GINT64_FORMAT " days ago", seconds / DAY);
}

char *duration_clock(gint64 when, gint64 now)
{
    time_t when_time = (time_t)when, now_time = (time_t)now;
    struct tm then, today;
    const char *format;
    char text[32];

    localtime_r(&when_time, &then);
    localtime_r(&now_time, &today);
    if (then.tm_year == today.tm_year && then.tm_yday == today.tm_yday)
        format = "%H:%M";
    else if (when > now && when - now < 6 * DAY)
        format = "%a %H:%M";
    else
        format = "%-d %b";
    strftime(text, sizeof text, format, &then);
    return g_strdup(text);
}
