#include "plugins/kimi/field.h"

#include "common/timestamp.h"

#include <math.h>
#include <string.h>

#define MAX_RATIO   1000.0
#define MAX_MINUTES (400.0 * 24 * 60)

bool field_number(const struct json *value, double *number)
{
    const char *text = json_string(value);
    char *end = NULL;
    double parsed;

    if (!text)
        return json_number(value, number);
    /* g_ascii_strtod takes "nan", "inf" and "0x10" for numbers, too. */
    if (text[0] == '\0' || text[strspn(text, "0123456789+-.eE")] != '\0')
        return false;
    parsed = g_ascii_strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(parsed))
        return false;
    *number = parsed;
    return true;
}

bool field_ratio(const struct json *value, double *ratio)
{
    double number;

    if (!field_number(value, &number) || number < 0 || number > MAX_RATIO)
        return false;
    *ratio = number;
    return true;
}

bool field_time(const struct json *value, gint64 *seconds)
{
    double number;

    if (timestamp_parse(json_string(value), seconds))
        return true;
    if (!field_number(value, &number) || number < (double)TIMESTAMP_MIN ||
        number > (double)TIMESTAMP_MAX)
        return false;
    *seconds = (gint64)number;
    return true;
}

static bool read_countdown(const struct json *value, gint64 now, gint64 *seconds)
{
    double number;

    if (!field_number(value, &number) || number < 0 || number > (double)(TIMESTAMP_MAX - now))
        return false;
    *seconds = now + (gint64)number;
    return true;
}

gint64 field_reset(const struct json *object, gint64 now)
{
    static const char *const times[] = {"resetTime", "resetAt", "reset_time", "reset_at"};
    static const char *const countdowns[] = {"resetIn", "reset_in", "ttl"};
    gint64 seconds = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(times); i++) {
        if (field_time(json_get(object, times[i]), &seconds))
            return seconds;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(countdowns); i++) {
        if (read_countdown(json_get(object, countdowns[i]), now, &seconds))
            return seconds;
    }
    return 0;
}

/* Minutes of a unit such as "TIME_UNIT_MINUTE", "minute" or "Minutes"; 0 if it is another. */
static int unit_minutes(const char *text)
{
    static const struct {
        const char *name;
        int minutes;
    } units[] = {{"minute", 1}, {"hour", 60}, {"day", 24 * 60}, {"week", 7 * 24 * 60}};
    g_autofree char *unit = g_ascii_strdown(text, -1);
    const char *name = unit;

    if (g_str_has_suffix(unit, "s"))
        unit[strlen(unit) - 1] = '\0';
    if (g_str_has_prefix(unit, "time_unit_"))
        name += strlen("time_unit_");
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        if (strcmp(name, units[i].name) == 0)
            return units[i].minutes;
    }
    return 0;
}

gint64 field_minutes(const struct json *object)
{
    const char *unit = json_string(json_get(object, "timeUnit"));
    double duration, minutes;

    if (!unit || !field_number(json_get(object, "duration"), &duration))
        return 0;
    minutes = duration * unit_minutes(unit);
    if (minutes < 1 || minutes > MAX_MINUTES || minutes != floor(minutes))
        return 0;
    return (gint64)minutes;
}
