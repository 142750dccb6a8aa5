/* Reads every answer in tests/data/payloads and expects what readings.json there says. */
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/timestamp.h"
#include "plugins/kimi/answer/interpret.h"

#define FOLDER    TEST_DATA_DIR "/payloads/"
#define NOW       G_GINT64_CONSTANT(1767700000) /* 2026-01-06 */
#define MIN_CASES 20                            /* a file that lost its cases is no success */

static struct json *load_json(const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_strconcat(FOLDER, name, NULL);
    gsize length = 0;
    g_autofree char *text = file_read(path, 1024 * 1024, &length, &error);
    struct json *json;

    g_assert_no_error(error);
    g_assert_nonnull(text);
    json = json_parse(text, length, JSON_STRICT, &error);
    g_assert_no_error(error);
    return json;
}

static void assert_number(const struct json *expected, const char *key, double actual,
                          double tolerance)
{
    double number;

    if (json_get(expected, key)) {
        g_assert_true(json_number(json_get(expected, key), &number));
        g_assert_cmpfloat_with_epsilon(actual, number, tolerance);
    }
}

static void assert_shares(const struct json *expected, const struct window *window)
{
    g_assert_cmpuint(window->shares->len, ==, json_length(expected));
    for (guint i = 0; i < json_length(expected); i++) {
        const char *id = json_key_at(expected, i);
        const struct share *share = window_share(window, id);

        g_assert_nonnull(share);
        assert_number(expected, id, share->percent, 0.01);
    }
}

static void assert_window(const struct json *expected, const struct window *window)
{
    const char *reset = json_string(json_get(expected, "resetsAt"));
    gint64 resets_at = 0;

    g_assert_nonnull(window);
    assert_number(expected, "usedPercent", window->used_percent, 0.01);
    assert_number(expected, "used", window->used, 1e-9);
    assert_number(expected, "limit", window->limit, 1e-9);
    assert_number(expected, "minutes", (double)window->minutes, 0.5);
    assert_shares(json_get(expected, "shares"), window);
    if (reset) {
        g_assert_true(timestamp_parse(reset, &resets_at));
        g_assert_cmpint(window->resets_at, ==, resets_at);
    }
}

static void assert_balances(const struct json *expected, const struct snapshot *snapshot)
{
    g_assert_cmpuint(snapshot->balances->len, ==, json_length(expected));
    for (guint i = 0; i < json_length(expected); i++) {
        const struct balance *balance = snapshot->balances->pdata[i];
        const struct json *value = json_at(expected, i);

        g_assert_cmpstr(balance->id, ==, json_key_at(expected, i));
        g_assert_cmpstr(balance->currency, ==, json_string(json_get(value, "currency")));
        assert_number(value, "amount", balance->amount, 1e-9);
        assert_number(value, "spent", balance->spent, 1e-9);
        assert_number(value, "cap", balance->cap, 1e-9);
    }
}

static void assert_snapshot(const struct json *expected, const struct snapshot *snapshot)
{
    const struct json *windows = json_get(expected, "windows");

    g_assert_cmpuint(snapshot->windows->len, ==, json_length(windows));
    for (guint i = 0; i < json_length(windows); i++)
        assert_window(json_at(windows, i), snapshot_window(snapshot, json_key_at(windows, i)));
    g_assert_cmpstr(snapshot->plan, ==, json_string(json_get(expected, "plan")));
    assert_balances(json_get(expected, "balances"), snapshot);
}

/* The payload that a case names under this key; NULL: none. */
static struct json *load_named(const struct json *test, const char *key)
{
    const char *name = json_string(json_get(test, key));

    return name ? load_json(name) : NULL;
}

/* The plan as the other services name it. */
static void load_plan(const struct json *test, struct plan *plan)
{
    autoptr(json) me = load_named(test, "me");
    autoptr(json) subscription = load_named(test, "subscription");

    g_assert_true(!me || plan_read_me(me, plan));
    g_assert_true(!subscription || plan_read_subscription(subscription, plan));
}

static void test_case(gconstpointer data)
{
    const struct json *test = data;
    const struct json *expected = json_get(test, "expect");
    g_autoptr(GError) error = NULL;
    autoptr(json) usages = load_named(test, "file");
    autoptr(json) stats = load_named(test, "stats");
    autoclear(plan) plan = {0};
    double status = 200;

    json_number(json_get(test, "status"), &status);
    load_plan(test, &plan);
    const struct kimi_answers answers = {
        .usage = status == 200 ? usages : NULL,
        .statistics = stats,
        .plan = plan.name || plan.version ? &plan : NULL,
    };
    autoptr(snapshot) snapshot = interpret_answers(&answers, NOW, &error);

    if (json_get(expected, "error")) {
        g_assert_null(snapshot);
        g_assert_cmpstr(usage_error_name(usage_error_kind(error)), ==,
                        json_string(json_get(expected, "error")));
    } else {
        g_assert_no_error(error);
        assert_snapshot(expected, snapshot);
        g_assert_cmpint(snapshot->fetched_at, ==, NOW);
    }
}

int main(int argc, char **argv)
{
    autoptr(json) readings = load_json("readings.json");
    const struct json *cases = json_get(readings, "cases");

    g_test_init(&argc, &argv, NULL);
    g_assert_cmpuint(json_length(cases), >=, MIN_CASES);
    for (guint i = 0; i < json_length(cases); i++) {
        const char *file = json_string(json_get(json_at(cases, i), "file"));
        g_autofree char *name = g_strdup_printf("/kimi/payloads/%u-%s", i, file);
        g_test_add_data_func(name, json_at(cases, i), test_case);
    }
    return g_test_run();
}
