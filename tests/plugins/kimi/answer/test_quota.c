/* Reading whole answers: names of pools, shares, months, labels, and answers without a quota. */
#include "common/base/error.h"
#include "plugins/kimi/answer/interpret.h"

#include <string.h>

#define NOW    G_GINT64_CONSTANT(1800000000)
#define ABSENT -1.0 /* no such share */

static struct snapshot *try_answer(const char *answer, GError **error)
{
    autoptr(json) usages = interpret_parse(answer, strlen(answer), error);
    const struct kimi_answers answers = {.usage = usages};

    return usages ? interpret_answers(&answers, NOW, error) : NULL;
}

static struct snapshot *read_answer(const char *answer)
{
    g_autoptr(GError) error = NULL;
    struct snapshot *snapshot = try_answer(answer, &error);

    g_assert_no_error(error);
    return snapshot;
}

/* All spellings of all pools. */
static void test_pool_names(void)
{
    static const struct {
        const char *keys[4];
        const char *id;
    } pools_of[] = {
        {{"limit_5h", "limit5h"}, "session"},
        {{"limit_7d", "limit7d"}, "weekly"},
        {{"limit_month_total", "monthTotal", "limitMonthTotal"}, "monthly"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(pools_of); i++) {
        for (gsize k = 0; pools_of[i].keys[k]; k++) {
            g_autofree char *answer = g_strdup_printf(
                "{\"code\":0,\"data\":{\"usages\":{\"%s\":{\"usedRatio\":0.25,\"resetAt\":"
                "\"2027-02-01T00:00:00Z\"}}}}",
                pools_of[i].keys[k]);
            autoptr(snapshot) snapshot = read_answer(answer);
            const struct window *window = snapshot_window(snapshot, pools_of[i].id);

            g_assert_nonnull(window);
            g_assert_cmpfloat(window->used_percent, ==, 25);
            g_assert_cmpint(window->resets_at, ==, 1801440000);
        }
    }
}

#define TOTAL(member) "\"limit_month_total\":{" member "}"

/* The share of a month that was Kimi Code: a remark on the month, never a window. */
static void test_share(void)
{
    static const struct {
        const char *pools;
        double percent; /* ABSENT: no share */
    } shares[] = {
        {TOTAL("\"used_ratio\":0.5") ",\"limit_month_code\":{\"used_ratio\":0.25}", 25},
        {TOTAL("\"used_ratio\":0.5") ",\"monthCode\":{\"usedRatio\":0}", 0},
        {TOTAL("\"used_ratio\":0.5") ",\"limitMonthCode\":{\"usedRatio\":\"0.1\"}", 10},
        {TOTAL("\"used_ratio\":0.5") ",\"limit_month_code\":{\"enabled\":true}", 0},
        {TOTAL("\"used_ratio\":0.5") ",\"limit_month_code\":{\"used_ratio\":\"x\"}", ABSENT},
        {TOTAL("\"used_ratio\":0.5") ",\"limit_month_code\":{}", ABSENT},
        {TOTAL("\"used_ratio\":0.5,\"reset_time\":1801440000") ",\"limit_month_code\":{\"used_"
                                                               "ratio\":0.25,\"reset_time\":"
                                                               "1801440060}",
         25},
        {TOTAL("\"used_ratio\":0.5,\"reset_time\":1801440000") ",\"limit_month_code\":{\"used_"
                                                               "ratio\":0.25,\"reset_time\":"
                                                               "1801440061}",
         ABSENT},
        {TOTAL("\"used_ratio\":0.5,\"reset_time\":1801440061") ",\"limit_month_code\":{\"used_"
                                                               "ratio\":0.25,\"reset_time\":"
                                                               "1801440000}",
         ABSENT},
        {TOTAL("\"used_ratio\":\"x\"") ",\"limit_month_code\":{\"used_ratio\":0.25}", ABSENT},
        {"\"limit_month_code\":{\"used_ratio\":0.25}", ABSENT},
    };

    autoptr(snapshot) unknown =
        read_answer("{\"usage\":{\"limit\":10,\"used\":1},\"limits\":[{\"duration\":1,\"timeUnit\":"
                    "\"MONTH\",\"limit\":10}],\"usages\":{\"monthCode\":{\"usedRatio\":0.25}}}");

    g_assert_cmpuint(snapshot_window(unknown, "monthly")->shares->len, ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(shares); i++) {
        g_autofree char *answer = g_strdup_printf(
            "{\"usage\":{\"limit\":10,\"used\":1},\"usages\":{%s}}", shares[i].pools);
        autoptr(snapshot) snapshot = read_answer(answer);
        const struct window *month = snapshot_window(snapshot, "monthly");
        const struct share *share = month ? window_share(month, "code") : NULL;

        g_test_message("%s", shares[i].pools);
        g_assert_cmpuint(snapshot->windows->len, ==, month ? 2 : 1);
        g_assert_true((share == NULL) == (shares[i].percent == ABSENT));
        if (share)
            g_assert_cmpfloat(share->percent, ==, shares[i].percent);
    }
}

/* A month ends at its reset and began one calendar month before. */
static void test_months(void)
{
    static const struct {
        const char *reset;
        int days;
    } months[] = {
        {"\"2026-10-01T00:00:00Z\"", 30},
        {"\"2026-11-01T12:34:56Z\"", 31},
        {"\"2026-03-01T00:00:00Z\"", 28},
        {"\"2028-03-15T00:00:00Z\"", 29},
        {"\"2026-03-31T00:00:00Z\"", 31},
        {"\"2026-01-15T00:00:00Z\"", 31},
        {"\"2026-10-01T00:00:00+08:00\"", 31},
        {"\"2000-01-01T00:00:00Z\"", 31},
        {"\"soon\"", 0},
        {"0", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(months); i++) {
        g_autofree char *answer = g_strdup_printf(
            "{\"usages\":{" TOTAL("\"used_ratio\":0.5,\"reset_time\":%s") "}}", months[i].reset);
        autoptr(snapshot) snapshot = read_answer(answer);

        g_test_message("%s", months[i].reset);
        g_assert_cmpint(snapshot_window(snapshot, "monthly")->minutes, ==,
                        months[i].days * 24 * 60);
    }
}

/* An item's own name is the label if its length has no name. */
static void test_labels(void)
{
    static const struct {
        const char *members;
        const char *id;
        const char *label;
    } labels[] = {
        {"\"name\":\"Turbo\"", "window_other0", "Turbo"},
        {"\"title\":\"Turbo\"", "window_other0", "Turbo"},
        {"\"title\":\"No\",\"name\":\"Turbo\"", "window_other0", "Turbo"},
        {"\"name\":\" <b>\\u202eTurbo\\n \"", "window_other0", "<b> Turbo"},
        {"\"name\":\"\\n\"", "window_other0", "Other limit"},
        {"\"name\":7", "window_other0", "Other limit"},
        {"\"name\":\"Turbo\",\"window\":120", "window_2h", "Turbo"},
        {"\"window\":120", "window_2h", "2-hour"},
        {"\"name\":\"Turbo\",\"window\":300", "session", "5-hour"},
        {"\"name\":\"1234567890123456789012345678901234567890\"", "window_other0",
         "12345678901234567890123456789012…"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        g_autofree char *answer =
            g_strdup_printf("{\"limits\":[{\"limit\":10,\"used\":1,%s}]}", labels[i].members);
        autoptr(snapshot) snapshot = read_answer(answer);
        const struct window *window = snapshot_window(snapshot, labels[i].id);

        g_test_message("%s", labels[i].members);
        g_assert_nonnull(window);
        g_assert_cmpstr(window->label, ==, labels[i].label);
    }
}

static void assert_error(const char *answer, enum usage_error kind, const char *words)
{
    g_autoptr(GError) error = NULL;

    g_test_message("%s", answer);
    g_assert_null(try_answer(answer, &error));
    g_assert_error(error, USAGE_ERROR, (int)kind);
    g_assert_nonnull(strstr(error->message, words));
}

#define SCOPE(members) "{\"usages\":[{\"scope\":\"FEATURE_CODING\"" members "}]}"

/* The answer for an account without a quota is valid. */
static void test_no_plan(void)
{
    static const char *const answers[] = {
        "{}",
        "{\"code\":0,\"message\":\"success\",\"data\":{}}",
        "{\"usages\":{}}",
        "{\"usages\":[]}",
        "{\"usage\":null,\"limits\":[],\"usages\":{}}",
        "{\"usage\":{\"limit\":\"0\"}}",
        "{\"usage\":{\"limit\":\"0\",\"used\":\"0\"},\"unheardOf\":1}",
        "{\"limits\":[{\"window\":300,\"detail\":{\"limit\":0}},{\"limit\":\"0\"},{\"detail\":{}}]"
        "}",
        "{\"usages\":{\"limit_5h\":{},\"limit_7d\":null,\"limit_month_total\":{\"enabled\":false}}"
        "}",
        "{\"user\":{\"membership\":{\"level\":\"LEVEL_FREE\"}},\"parallel\":{\"limit\":\"1\"},"
        "\"version\":\"GOODS_VERSION_V1\",\"totalQuota\":{\"limit\":\"99\"}}",
        SCOPE(""),
        SCOPE(",\"detail\":{\"limit\":\"0\"},\"limits\":[{\"detail\":{\"limit\":0}}]"),
    };

    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
        assert_error(answers[i], USAGE_ERROR_PLAN, "no Kimi Code plan");
}

static void test_nothing_to_read(void)
{
    static const char *const answers[] = {
        "[]",
        "null",
        "17",
        "\"\"",
        "",
        "{",
        "<p>",
        "{\"usage\":{\"limit\":\"100\"}}",
        "{\"usage\":{\"limit\":\"many\"}}",
        "{\"usage\":{\"used\":3}}",
        "{\"usage\":7}",
        "{\"limits\":{\"a\":1}}",
        "{\"limits\":[7]}",
        "{\"limits\":[{\"detail\":{\"limit\":0}},{\"detail\":{\"limit\":\"many\"}}]}",
        "{\"usages\":true}",
        "{\"usages\":{\"limit_5h\":{\"used_ratio\":\"some\"}}}",
        "{\"usages\":{\"limit_1y\":{\"used_ratio\":0.5}}}",
        "{\"usages\":[{\"scope\":\"FEATURE_CHAT\",\"detail\":{\"limit\":1,\"used\":1}}]}",
        SCOPE(",\"detail\":{\"limit\":\"many\"}"),
        "{\"quota\":{\"percent\":3}}",
        "{\"code\":\"unimplemented\"}",
        "{\"code\":0}",
        "{\"code\":7,\"data\":{\"usage\":{\"limit\":100,\"used\":1}}}",
        "{\"error\":{\"message\":\"no\"}}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        assert_error(answers[i], USAGE_ERROR_PAYLOAD, "Failed to parse Kimi usage data: ");
        assert_error(answers[i], USAGE_ERROR_PAYLOAD, "format may have changed");
    }
}

/* However much the service sends, the snapshot stays within the limits of answer.h. */
static void test_many_windows(void)
{
    g_autoptr(GString) answer = g_string_new("{\"limits\":[");

    for (int i = 1; i <= 10000; i++)
        g_string_append_printf(
            answer, "{\"duration\":%d,\"timeUnit\":\"HOUR\",\"limit\":2,\"used\":1},", i % 700 * 7);
    g_string_append(answer, "null],\"usages\":{\"limit_month_total\":{\"used_ratio\":0.1}}}");
    autoptr(snapshot) snapshot = read_answer(answer->str);
    g_assert_cmpuint(snapshot->windows->len, <=, 32);
    g_assert_nonnull(snapshot_window(snapshot, "monthly"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kimi/quota/pool-names", test_pool_names);
    g_test_add_func("/kimi/quota/share", test_share);
    g_test_add_func("/kimi/quota/months", test_months);
    g_test_add_func("/kimi/quota/labels", test_labels);
    g_test_add_func("/kimi/quota/no-plan", test_no_plan);
    g_test_add_func("/kimi/quota/nothing-to-read", test_nothing_to_read);
    g_test_add_func("/kimi/quota/many-windows", test_many_windows);
    return g_test_run();
}
