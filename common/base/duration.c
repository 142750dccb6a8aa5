#include "common/base/duration.h"

#include "common/base/i18n.h"

#include <stdbool.h>
#include <time.h>

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static char *duration_format_hours(gint64 seconds)
{
    int hours = (int)(seconds / HOUR), minutes = (int)(seconds % HOUR / MINUTE);

    /* Translators: a countdown for a bar, as short as it can be. */
    return minutes == 0 ? g_strdup_printf(_("%dh"), hours)
                        : g_strdup_printf(_("%dh %dm"), hours, minutes);
}

static char *duration_format_days(gint64 seconds)
{
    long long days = seconds / DAY;
    int hours = (int)(seconds % DAY / HOUR);

    return hours == 0 ? g_strdup_printf(_("%lldd"), days)
                      : g_strdup_printf(_("%lldd %dh"), days, hours);
}

char *duration_countdown(gint64 seconds, gint64 *lasts)
{
    if (lasts)
        *lasts = seconds < MINUTE ? MAX(seconds, 0) : seconds % (seconds < DAY ? MINUTE : HOUR) + 1;
    if (seconds <= 0)
        return g_strdup(_("now"));
    if (seconds < MINUTE)
        return g_strdup(_("<1m"));
    if (seconds < HOUR)
        return g_strdup_printf(_("%dm"), (int)(seconds / MINUTE));
    return seconds < DAY ? duration_format_hours(seconds) : duration_format_days(seconds);
}

char *duration_countdown_exact(gint64 seconds, gint64 *lasts)
{
    if (seconds <= 0 || seconds >= MINUTE)
        return duration_countdown(seconds, lasts);
    if (lasts)
        *lasts = 1;
    return g_strdup_printf(_("%ds"), (int)seconds);
}

char *duration_ago(gint64 seconds, gint64 *lasts)
{
    gint64 unit = seconds < HOUR ? MINUTE : seconds < 2 * DAY ? HOUR : DAY;
    long long number = seconds / unit;
    unsigned long count = (unsigned long)number;
    const char *format = unit == MINUTE ? ngettext("%lld min ago", "%lld min ago", count)
                         : unit == HOUR ? ngettext("%lld h ago", "%lld h ago", count)
                                        : ngettext("%lld day ago", "%lld days ago", count);

    if (lasts)
        *lasts = seconds < -MINUTE  ? -MINUTE - seconds
                 : seconds < MINUTE ? MINUTE - seconds
                                    : unit - seconds % unit;
    if (seconds < MINUTE)
        return g_strdup(seconds < -MINUTE ? _("in the future") : _("just now"));
    return g_strdup_printf(format, number);
}

#define WEEKDAYS (6 * DAY) /* a day within these is shown by its name */

static bool duration_is_same_day(const struct tm *a, const struct tm *b)
{
    return a->tm_year == b->tm_year && a->tm_yday == b->tm_yday;
}

/* strftime would use the language of times (LC_TIME), not that of messages. */
static char *duration_format_weekday(const struct tm *time)
{
    static const char *const names[] = {N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"),
                                        N_("Thu"), N_("Fri"), N_("Sat")};

    /* Translators: a weekday and a time of day: "Fri 15:23". */
    return g_strdup_printf(_("%s %02d:%02d"), _(names[time->tm_wday]), time->tm_hour, time->tm_min);
}

static char *duration_format_date(const struct tm *time)
{
    static const char *const names[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
                                        N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
                                        N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

    /* Translators: a day and a month: "16 Oct". */
    return g_strdup_printf(_("%d %s"), time->tm_mday, _(names[time->tm_mon]));
}

/* The local midnight at which a day begins: `days` after the day of `when`. */
static gint64 duration_midnight(gint64 when, int days)
{
    time_t time = (time_t)when;
    struct tm day;

    localtime_r(&time, &day);
    day.tm_hour = day.tm_min = day.tm_sec = 0;
    day.tm_mday += days;
    day.tm_isdst = -1;
    return mktime(&day);
}

char *duration_clock(gint64 when, gint64 now, gint64 *lasts)
{
    time_t when_time = (time_t)when, now_time = (time_t)now;
    struct tm then, today;
    gint64 change; /* when the text does; not after `now`: never */
    char *text;

    localtime_r(&when_time, &then);
    localtime_r(&now_time, &today);
    if (duration_is_same_day(&then, &today)) {
        change = duration_midnight(now, 1);
        text = g_strdup_printf("%02d:%02d", then.tm_hour, then.tm_min);
    } else if (when > now && when - now < WEEKDAYS) {
        change = duration_midnight(when, 0);
        text = duration_format_weekday(&then);
    } else {
        change = when - WEEKDAYS + 1;
        text = duration_format_date(&then);
    }
    if (lasts)
        *lasts = MAX(change - now, 0);
    return text;
}
