#include "common/base/timestamp.h"

#include <string.h>
#include <time.h>

bool timestamp_is_sane(gint64 seconds)
{
    return seconds >= TIMESTAMP_MIN && seconds <= TIMESTAMP_MAX;
}

/* Reads exactly `digits` digits and moves *text on. */
static bool timestamp_take_number(const char **text, int digits, int *number)
{
    *number = 0;
    for (; digits > 0; digits--, (*text)++) {
        if (!g_ascii_isdigit(**text))
            return false;
        *number = *number * 10 + (**text - '0');
    }
    return true;
}

static bool timestamp_take_char(const char **text, const char *allowed)
{
    if (**text == '\0' || !strchr(allowed, **text))
        return false;
    (*text)++;
    return true;
}

/* Reads "Z" or "+hh:mm" as the seconds that local time is ahead of UTC. */
static bool timestamp_take_offset(const char **text, int *offset)
{
    char sign = **text;
    int hours, minutes;

    *offset = 0;
    if (timestamp_take_char(text, "Zz"))
        return true;
    if (!timestamp_take_char(text, "+-") || !timestamp_take_number(text, 2, &hours) ||
        !timestamp_take_char(text, ":") || !timestamp_take_number(text, 2, &minutes) ||
        hours > 23 || minutes > 59)
        return false;
    *offset = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
    return true;
}

static bool timestamp_take_date_and_time(const char **text, struct tm *tm)
{
    if (!timestamp_take_number(text, 4, &tm->tm_year) || !timestamp_take_char(text, "-") ||
        !timestamp_take_number(text, 2, &tm->tm_mon) || !timestamp_take_char(text, "-") ||
        !timestamp_take_number(text, 2, &tm->tm_mday) || !timestamp_take_char(text, "Tt ") ||
        !timestamp_take_number(text, 2, &tm->tm_hour) || !timestamp_take_char(text, ":") ||
        !timestamp_take_number(text, 2, &tm->tm_min) || !timestamp_take_char(text, ":") ||
        !timestamp_take_number(text, 2, &tm->tm_sec))
        return false;
    return tm->tm_mon >= 1 && tm->tm_mon <= 12 && tm->tm_year >= 1970 &&
           g_date_valid_dmy((GDateDay)tm->tm_mday, (GDateMonth)tm->tm_mon,
                            (GDateYear)tm->tm_year) &&
           tm->tm_hour <= 23 && tm->tm_min <= 59 && tm->tm_sec <= 60;
}

bool timestamp_parse(const char *text, gint64 *seconds)
{
    struct tm tm = {0};
    int offset;
    gint64 value;

    if (!text || !timestamp_take_date_and_time(&text, &tm))
        return false;
    if (timestamp_take_char(&text, ".")) {
        if (!g_ascii_isdigit(*text))
            return false;
        while (g_ascii_isdigit(*text))
            text++;
    }
    if (!timestamp_take_offset(&text, &offset) || *text != '\0')
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    value = (gint64)timegm(&tm) - offset;
    if (!timestamp_is_sane(value))
        return false;
    *seconds = value;
    return true;
}

char *timestamp_format(gint64 seconds)
{
    time_t time = (time_t)seconds;
    struct tm tm;
    char text[32];

    gmtime_r(&time, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return g_strdup(text);
}
