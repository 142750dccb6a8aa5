#include "plugins/kimi/answer/field.h"

#include "common/base/timestamp.h"

#include <math.h>
#include <string.h>

#define MAX_MINUTES (400.0 * 24 * 60)
#define UNIT_PREFIX "TIME_UNIT_"

/* A code of 0 may also be a string or absent; with any other, `data` is about a failure. */
static bool field_is_success(const struct json *code)
{
    double number;

    return field_is_absent(code) || (field_number(code, &number) && number == 0);
}

const struct json *field_unwrap(const struct json *answer)
{
    const struct json *data = json_get(answer, "data");

    return json_type(data) == JSON_OBJECT && field_is_success(json_get(answer, "code")) ? data
                                                                                        : answer;
}

bool field_is_absent(const struct json *value)
{
    return json_type(value) == JSON_NULL;
}

bool field_is_text_or_absent(const struct json *object, const char *key, const char *text)
{
    const struct json *value = json_get(object, key);

    return field_is_absent(value) || g_strcmp0(json_string(value), text) == 0;
}

bool field_boolean(const struct json *object, const char *key, bool fallback)
{
    gboolean value = fallback;

    json_boolean(json_get(object, key), &value);
    return value;
}

const struct json *field_first(const struct json *object, const char *const *keys)
{
    for (gsize i = 0; keys[i]; i++) {
        const struct json *value = json_get(object, keys[i]);
        if (!field_is_absent(value))
            return value;
    }
    return NULL;
}

bool field_number(const struct json *value, double *number)
{
    const char *text = json_string(value);
    char *end = NULL;
    double parsed;

    if (!text)
        return json_number(value, number);
    /* g_ascii_strtod accepts "nan", "inf" and "0x10" as well. */
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

    if (!field_number(value, &number) || number < 0 || number > FIELD_MAX_RATIO)
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

gint64 field_reset(const struct json *object, gint64 now)
{
    static const char *const times[] = {"resetTime", "resetAt", "reset_time", "reset_at"};
    static const char *const countdowns[] = {"resetIn", "reset_in", "ttl"};
    gint64 seconds = 0;
    double number;

    for (gsize i = 0; i < G_N_ELEMENTS(times); i++) {
        if (field_time(json_get(object, times[i]), &seconds))
            return seconds;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(countdowns); i++) {
        if (field_number(json_get(object, countdowns[i]), &number) && number >= 0 &&
            number <= (double)(TIMESTAMP_MAX - now))
            return now + (gint64)number;
    }
    return 0;
}

/* Seconds of a unit such as "TIME_UNIT_MINUTE", "minute" or "Minutes", or FIELD_ONE_MONTH; 0: it is
 * unknown. */
static gint64 field_unit_seconds(const char *text)
{
    static const struct {
        const char *name;
        gint64 seconds;
    } units[] = {{"second", 1},
                 {"minute", 60},
                 {"hour", 60 * 60},
                 {"day", 24 * 60 * 60},
                 {"week", 7 * 24 * 60 * 60},
                 {"month", FIELD_ONE_MONTH}};

    if (g_ascii_strncasecmp(text, UNIT_PREFIX, strlen(UNIT_PREFIX)) == 0)
        text += strlen(UNIT_PREFIX);
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        gsize length = strlen(units[i].name);
        if (g_ascii_strncasecmp(text, units[i].name, length) == 0 &&
            (text[length] == '\0' || g_ascii_strcasecmp(text + length, "s") == 0))
            return units[i].seconds;
    }
    return 0;
}

static gint64 field_whole_minutes(double seconds)
{
    double minutes = seconds / 60;

    if (minutes < 1 || minutes > MAX_MINUTES || minutes != floor(minutes))
        return 0;
    return (gint64)minutes;
}

gint64 field_minutes(const struct json *value)
{
    const char *text = json_string(json_get(value, "timeUnit"));
    double duration;
    gint64 seconds;

    if (json_type(value) != JSON_OBJECT)
        return field_number(value, &duration) ? field_whole_minutes(duration * 60) : 0;
    if (!text || !field_number(json_get(value, "duration"), &duration))
        return 0;
    seconds = field_unit_seconds(text);
    if (seconds == FIELD_ONE_MONTH)
        return duration == 1 ? FIELD_ONE_MONTH : 0;
    return field_whole_minutes(duration * (double)seconds);
}
