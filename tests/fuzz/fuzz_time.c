/* Dates, times to wait, and single values in Kimi's answers. */
#include "common/base/duration.h"
#include "common/base/timestamp.h"
#include "fuzz.h"
#include "plugins/kimi/answer/field.h"
#include "plugins/support/http.h"

#include <math.h>
#include <string.h>

static void check_timestamp(const char *text)
{
    gint64 seconds = 0, again = 0;

    if (!timestamp_parse(text, &seconds))
        return;
    g_assert_true(timestamp_is_sane(seconds));
    g_autofree char *formatted = timestamp_format(seconds);
    g_assert_true(timestamp_parse(formatted, &again));
    g_assert_cmpint(again, ==, seconds);
    g_autofree char *clock = duration_clock(seconds, FUZZ_NOW, NULL);
    g_autofree char *countdown = duration_countdown(seconds - FUZZ_NOW, NULL);
    g_assert_cmpuint(strlen(clock), >, 0);
    g_assert_cmpuint(strlen(countdown), >, 0);
}

/* The value by itself and as a member of an object. */
static void check_fields(const struct json *json)
{
    double number = 0, ratio = 0;
    gint64 time = 0, reset = field_reset(json, FUZZ_NOW), minutes = field_minutes(json);

    if (field_number(json, &number))
        g_assert_true(isfinite(number));
    if (field_ratio(json, &ratio))
        g_assert_true(ratio >= 0 && ratio <= 1000);
    if (field_time(json, &time))
        g_assert_true(timestamp_is_sane(time));
    g_assert_true(reset == 0 || timestamp_is_sane(reset));
    g_assert_true(minutes >= 0 || minutes == FIELD_ONE_MONTH);
    g_assert_cmpint(minutes, <=, 400 * 24 * 60);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = fuzz_text(data, size);
    autoptr(json) json = json_parse(text, strlen(text), JSON_STRICT, NULL);
    gint64 wait = http_parse_retry_after(text, FUZZ_NOW);

    check_timestamp(text);
    g_assert_cmpint(wait, >=, 0);
    check_fields(json);
    for (guint i = 0; i < json_length(json); i++)
        check_fields(json_at(json, i));
    return 0;
}
