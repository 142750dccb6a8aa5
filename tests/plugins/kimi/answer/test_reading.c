/* Reading one value and one window: each rule by itself. */
#include "plugins/kimi/answer/interpret.h"

#include <math.h>
#include <string.h>

#define NOW    G_GINT64_CONSTANT(1800000000)
#define ABSENT -1.0 /* no such window */

/* One window in one answer. NAN: the window is there, but its use is unknown. */
struct expectation {
    const char *name;
    const char *answer;
    const char *id;
    double used_percent;
};

static struct snapshot *read_answer(const char *answer)
{
    g_autoptr(GError) error = NULL;
    autoptr(json) usages = interpret_parse(answer, strlen(answer), &error);
    const struct kimi_answers answers = {.usage = usages};
    struct snapshot *snapshot;

    g_assert_no_error(error);
    snapshot = interpret_answers(&answers, NOW, &error);
    g_assert_no_error(error);
    return snapshot;
}

static void test_expectation(gconstpointer data)
{
    const struct expectation *expected = data;
    /* With a second window, so that the answer is valid without the first. */
    g_autofree char *answer = g_strconcat(
        "{\"usages\":{\"limit_month_total\":{\"used_ratio\":0.5}},", expected->answer, "}", NULL);
    autoptr(snapshot) snapshot = read_answer(answer);
    const struct window *window = snapshot_window(snapshot, expected->id);

    if (expected->used_percent == ABSENT) {
        g_assert_null(window);
        return;
    }
    g_assert_nonnull(window);
    if (isnan(expected->used_percent))
        g_assert_true(isnan(window->used_percent) && isnan(window->used));
    else
        g_assert_cmpfloat_with_epsilon(window->used_percent, expected->used_percent, 1e-9);
}

#define USAGE(members) "\"usage\":{" members "}"
#define LIMIT(members) "\"limits\":[{" members "}]"
#define WINDOW(duration, unit)                                                                     \
    LIMIT("\"window\":{\"duration\":" duration ",\"timeUnit\":\"" unit                             \
          "\"},\"detail\":{\"limit\":10,\"used\":1}")

static const struct expectation expectations[] = {
    {"used/string", USAGE("\"limit\":\"200\",\"used\":\"50\""), "weekly", 25},
    {"used/number", USAGE("\"limit\":200,\"used\":50"), "weekly", 25},
    {"used/fraction", USAGE("\"limit\":100,\"used\":\"18.69\""), "weekly", 18.69},
    {"used/missing", USAGE("\"limit\":100,\"remaining\":75"), "weekly", 25},
    {"used/zero-left-out", USAGE("\"limit\":\"100\",\"remaining\":\"100\""), "weekly", 0},
    {"used/null", USAGE("\"limit\":100,\"used\":null,\"remaining\":40"), "weekly", 60},
    {"used/remaining-left-out", USAGE("\"limit\":\"100\",\"used\":\"100\""), "weekly", 100},
    {"used/negative", USAGE("\"limit\":100,\"used\":-5,\"remaining\":30"), "weekly", 70},
    {"used/unreadable", USAGE("\"limit\":100,\"used\":\"some\",\"remaining\":30"), "weekly", 70},
    {"used/hexadecimal", USAGE("\"limit\":100,\"used\":\"0x10\",\"remaining\":30"), "weekly", 70},
    {"used/infinite", USAGE("\"limit\":100,\"used\":\"inf\",\"remaining\":30"), "weekly", 70},
    {"used/nan", USAGE("\"limit\":100,\"used\":\"nan\",\"remaining\":30"), "weekly", 70},
    {"used/empty", USAGE("\"limit\":100,\"used\":\"\",\"remaining\":30"), "weekly", 70},
    {"used/trailing", USAGE("\"limit\":100,\"used\":\"5e\",\"remaining\":30"), "weekly", 70},
    {"used/above-limit", USAGE("\"limit\":100,\"used\":125,\"remaining\":25"), "weekly", 125},
    {"used/absurd", USAGE("\"limit\":1,\"used\":1e11"), "weekly", NAN},
    {"used/overflow", USAGE("\"limit\":100,\"used\":1e300,\"remaining\":30"), "weekly", 70},
    {"used/contradicted", USAGE("\"limit\":100,\"used\":20,\"remaining\":20"), "weekly", 20},
    {"remaining/negative", USAGE("\"limit\":100,\"remaining\":-1"), "weekly", NAN},
    {"remaining/above-limit", USAGE("\"limit\":100,\"remaining\":101"), "weekly", NAN},
    {"neither", USAGE("\"limit\":100"), "weekly", NAN},
    {"neither/wrong-types", USAGE("\"limit\":100,\"used\":[],\"remaining\":{}"), "weekly", NAN},
    {"limit/zero", USAGE("\"limit\":\"0\",\"used\":\"0\""), "weekly", ABSENT},
    {"limit/negative", USAGE("\"limit\":-1,\"used\":0"), "weekly", ABSENT},
    {"limit/missing", USAGE("\"used\":3"), "weekly", ABSENT},
    {"limit/unreadable", USAGE("\"limit\":\"many\",\"used\":3"), "weekly", ABSENT},
    {"limit/boolean", USAGE("\"limit\":true,\"used\":3"), "weekly", ABSENT},
    {"usage/array", "\"usage\":[1,2]", "weekly", ABSENT},
    {"usage/string", "\"usage\":\"100\"", "weekly", ABSENT},
    {"limits/object", "\"limits\":{\"limit\":1,\"used\":1}", "session", ABSENT},
    {"limits/of-numbers", "\"limits\":[1,null,\"x\",[]]", "session", ABSENT},
    {"total-quota", "\"totalQuota\":{\"limit\":\"99\",\"used\":\"99\"}", "weekly", ABSENT},

    {"unit/prefix", WINDOW("300", "TIME_UNIT_MINUTE"), "session", 10},
    {"unit/plain", WINDOW("300", "MINUTE"), "session", 10},
    {"unit/lower-plural", WINDOW("\"300\"", "minutes"), "session", 10},
    {"unit/hour", WINDOW("5", "TIME_UNIT_HOUR"), "session", 10},
    {"unit/prefix-lower-plural", WINDOW("5", "time_unit_hours"), "session", 10},
    {"unit/days", WINDOW("7", "DAYS"), "weekly", 10},
    {"unit/week", WINDOW("1", "week"), "weekly", 10},
    {"unit/week-in-minutes", WINDOW("10080", "MINUTE"), "weekly", 10},
    {"unit/seconds", WINDOW("18000", "TIME_UNIT_SECOND"), "session", 10},
    {"unit/seconds-plain", WINDOW("18000", "seconds"), "session", 10},
    {"unit/seconds-of-a-week", WINDOW("604800", "Second"), "weekly", 10},
    {"unit/seconds-and-a-half-minute", WINDOW("90", "SECOND"), "window_other0", 10},
    {"unit/month", WINDOW("1", "TIME_UNIT_MONTH"), "monthly", 50},
    {"unit/months", WINDOW("\"1\"", "months"), "monthly", 50},
    {"unit/two-months", WINDOW("2", "TIME_UNIT_MONTH"), "window_other0", 10},
    {"unit/minus-one", WINDOW("-1", "MINUTE"), "window_other0", 10},
    {"unit/empty", WINDOW("300", ""), "window_other0", 10},
    {"unit/letter", WINDOW("300", "s"), "window_other0", 10},
    {"unit/two-hours", WINDOW("120", "MINUTE"), "window_2h", 10},
    {"unit/one-day", WINDOW("24", "HOUR"), "window_1d", 10},
    {"unit/ninety-minutes", WINDOW("90", "MINUTE"), "window_90m", 10},
    {"unit/unknown", WINDOW("300", "TIME_UNIT_FORTNIGHT"), "session", ABSENT},
    {"unit/unknown-kept", WINDOW("300", "TIME_UNIT_FORTNIGHT"), "window_other0", 10},
    {"duration/zero", WINDOW("0", "MINUTE"), "window_other0", 10},
    {"duration/negative", WINDOW("-300", "MINUTE"), "window_other0", 10},
    {"duration/absurd", WINDOW("1e9", "WEEK"), "window_other0", 10},
    {"duration/huge", WINDOW("1e308", "WEEK"), "window_other0", 10},
    {"duration/string", WINDOW("\"long\"", "MINUTE"), "window_other0", 10},

    {"flat/all",
     LIMIT("\"duration\":300,\"timeUnit\":\"MINUTE\",\"limit\":\"200\",\"used\":\"50\""), "session",
     25},
    {"flat/length-in-detail",
     LIMIT("\"detail\":{\"duration\":5,\"timeUnit\":\"HOUR\",\"limit\":\"200\",\"used\":\"50\"}"),
     "session", 25},
    {"window/minutes", LIMIT("\"window\":300,\"detail\":{\"limit\":10,\"used\":1}"), "session", 10},
    {"window/minutes-as-text", LIMIT("\"window\":\"10080\",\"limit\":10,\"used\":1"), "weekly", 10},
    {"window/minus-one", LIMIT("\"window\":-1,\"limit\":10,\"used\":1"), "window_other0", 10},
    {"window/huge", LIMIT("\"window\":1e308,\"limit\":10,\"used\":1"), "window_other0", 10},
    {"window/of-another-type", LIMIT("\"window\":[300],\"limit\":10,\"used\":1"), "window_other0",
     10},
    {"detail/number", LIMIT("\"detail\":300,\"limit\":10,\"used\":1"), "window_other0", 10},
    {"flat/null-detail",
     LIMIT("\"detail\":null,\"duration\":5,\"timeUnit\":\"HOUR\",\"limit\":200,\"used\":50"),
     "session", 25},
};

/* One pool "limit_5h". */
static const struct expectation pools[] = {
    {"ratio/number", "{\"used_ratio\":0.3}", "session", 30},
    {"ratio/string", "{\"used_ratio\":\"0.3\"}", "session", 30},
    {"ratio/above-one", "{\"used_ratio\":1.0025}", "session", 100.25},
    {"ratio/camel", "{\"usedRatio\":0.25}", "session", 25},
    {"ratio/negative", "{\"used_ratio\":-0.3}", "session", ABSENT},
    {"ratio/left-out", "{\"enabled\":true,\"reset_time\":\"2027-02-01T00:00:00Z\"}", "session", 0},
    {"ratio/null", "{\"enabled\":true,\"used_ratio\":null}", "session", 0},
    {"ratio/unreadable", "{\"enabled\":true,\"used_ratio\":\"some\"}", "session", ABSENT},
    {"ratio/disabled", "{\"enabled\":false,\"used_ratio\":0.5}", "session", ABSENT},
    {"ratio/enabled-as-text", "{\"enabled\":\"true\"}", "session", ABSENT},
    {"ratio/missing", "{\"reset_time\":\"2027-02-01T00:00:00Z\"}", "session", ABSENT},
    {"ratio/huge", "{\"used_ratio\":1e308}", "session", ABSENT},
    {"ratio/absurd", "{\"used_ratio\":1e9}", "session", ABSENT},
    {"ratio/wrong-type", "{\"used_ratio\":[0.3]}", "session", ABSENT},
    {"pool/string", "\"0.3\"", "session", ABSENT},
    {"pool/null", "null", "session", ABSENT},
};

static void test_pool(gconstpointer data)
{
    const struct expectation *expected = data;
    static const char *const keys[] = {"limit_5h", "limit5h"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *answer =
            g_strdup_printf("{\"usages\":{\"%s\":%s,\"limit_month_total\":{\"used_ratio\":0.5}}}",
                            keys[i], expected->answer);
        autoptr(snapshot) snapshot = read_answer(answer);
        const struct window *window = snapshot_window(snapshot, expected->id);

        if (expected->used_percent == ABSENT) {
            g_assert_null(window);
            continue;
        }
        g_assert_nonnull(window);
        g_assert_cmpfloat_with_epsilon(window->used_percent, expected->used_percent, 1e-9);
        g_assert_true(isnan(window->used) && isnan(window->limit));
    }
}

static void test_resets(void)
{
    static const struct {
        const char *member;
        gint64 resets_at;
    } resets[] = {
        {"\"resetTime\":\"2027-02-01T00:00:00Z\"", 1801440000},
        {"\"resetTime\":\"2027-02-01T00:00:00.123456789Z\"", 1801440000},
        {"\"resetAt\":\"2027-02-01T08:00:00+08:00\"", 1801440000},
        {"\"reset_time\":1801440000", 1801440000},
        {"\"reset_at\":\"1801440000\"", 1801440000},
        {"\"resetIn\":3600", NOW + 3600},
        {"\"reset_in\":\"90\"", NOW + 90},
        {"\"ttl\":0", NOW},
        {"\"ttl\":-5", 0},
        {"\"ttl\":1e18", 0},
        {"\"resetTime\":\"soon\"", 0},
        {"\"resetTime\":\"soon\",\"resetIn\":60", NOW + 60},
        {"\"resetTime\":17", 0},
        {"\"resetTime\":1801440000000", 0},
        {"\"resetTime\":{}", 0},
        {"\"x\":1", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(resets); i++) {
        g_autofree char *answer = g_strdup_printf(
            "{\"usage\":{\"limit\":10,\"used\":1,%s},\"limits\":[{\"detail\":{\"limit\":10,"
            "\"used\":1},\"duration\":5,\"timeUnit\":\"hour\",%s}]}",
            resets[i].member, resets[i].member);
        autoptr(snapshot) snapshot = read_answer(answer);

        g_test_message("%s", resets[i].member);
        g_assert_cmpint(snapshot_window(snapshot, "weekly")->resets_at, ==, resets[i].resets_at);
        g_assert_cmpint(snapshot_window(snapshot, "session")->resets_at, ==, resets[i].resets_at);
    }
}

static void add_all(const struct expectation *table, gsize count, GTestDataFunc test)
{
    for (gsize i = 0; i < count; i++) {
        g_autofree char *name = g_strconcat("/kimi/reading/", table[i].name, NULL);
        g_test_add_data_func(name, &table[i], test);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add_all(expectations, G_N_ELEMENTS(expectations), test_expectation);
    add_all(pools, G_N_ELEMENTS(pools), test_pool);
    g_test_add_func("/kimi/reading/resets", test_resets);
    return g_test_run();
}
