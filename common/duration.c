#include "common/duration.h"

#include <stdbool.h>
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

gint64 duration_countdown_lasts(gint64 seconds)
{
    if (seconds <= 0)
        return 0;
    if (seconds < MINUTE)
        return seconds;
    return seconds % (seconds < DAY ? MINUTE : HOUR) + 1;
}

char *duration_countdown_exact(gint64 seconds)
{
    if (seconds > 0 && seconds < MINUTE)
        return g_strdup_printf("%ds", (int)seconds);
    return duration_countdown(seconds);
}

gint64 duration_countdown_exact_lasts(gint64 seconds)
{
    return seconds > 0 && seconds < MINUTE ? 1 : duration_countdown_lasts(seconds);
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

gint64 duration_ago_lasts(gint64 seconds)
{
    if (seconds < -MINUTE)
        return -MINUTE - seconds;
    if (seconds < MINUTE)
        return MINUTE - seconds;
    if (seconds < HOUR)
        return MINUTE - seconds % MINUTE;
    if (seconds < 2 * DAY)
        return HOUR - seconds % HOUR;
    return DAY - seconds % DAY;
}

#define WEEKDAYS (6 * DAY) /* within which a day is said by its name */

static bool is_same_day(const struct tm *a, const struct tm *b)
{
    return a->tm_year == b->tm_year && a->tm_yday == b->tm_yday;
}

char *duration_clock(gint64 when, gint64 now)
{
    time_t when_time = (time_t)when, now_time = (time_t)now;
    struct tm then, today;
    const char *format;
    char text[32];

    localtime_r(&when_time, &then);
    localtime_r(&now_time, &today);
    if (is_same_day(&then, &today))
        format = "%H:%M";
    else if (when > now && when - now < WEEKDAYS)
        format = "%a %H:%M";
    else
        format = "%-d %b";
    strftime(text, sizeof text, format, &then);
    return g_strdup(text);
}

/* The midnight, local time, at which the day begins that is so many days after that of `when`. */
static gint64 midnight(gint64 when, int days)
{
    time_t time = (time_t)when;
    struct tm day;

    localtime_r(&time, &day);
    day.tm_hour = day.tm_min = day.tm_sec = 0;
    day.tm_mday += days;
    day.tm_isdst = -1;
    return mktime(&day);
}

gint64 duration_clock_lasts(gint64 when, gint64 now)
{
    time_t when_time = (time_t)when, now_time = (time_t)now;
    struct tm then, today;
    gint64 change;

    localtime_r(&when_time, &then);
    localtime_r(&now_time, &today);
    if (is_same_day(&then, &today))
        change = midnight(now, 1);
    else if (when < now)
        return 0;
    else if (when - now < WEEKDAYS)
        change = midnight(when, 0);
    else
        change = when - WEEKDAYS + 1;
    return MAX(change - now, 1);
}
