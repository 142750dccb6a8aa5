/* Several readings of one window. */
#include "plugins/kimi/answer/reconcile.h"

#include "plugins/kimi/answer/reading.h"

#include <math.h>

#define RESET G_GINT64_CONSTANT(1800000000)

/* Counts beside a ratio, each with its reset; 0: none. */
struct two_readings {
    const char *name;
    double used, limit;
    gint64 counts_reset;
    double ratio; /* NAN: none */
    gint64 ratio_reset;
    double used_percent; /* this and the rest is expected */
    double shown_used;   /* NAN: no counts */
    gint64 resets_at;
};

static const struct two_readings pairs[] = {
    {"agree", 19, 100, RESET, 0.1869, RESET, 18.69, 19, RESET},
    {"agree-above", 18, 100, RESET, 0.1869, RESET, 18.69, 18, RESET},
    {"agree-in-large-counts", 214, 2048, RESET, 0.1045, RESET, 10.45, 214, RESET},
    {"agree-exactly", 50, 100, RESET, 0.5, RESET, 50, 50, RESET},
    {"agree-at-zero", 0, 100, RESET, 0, RESET, 0, 0, RESET},
    {"ratio-left-out", 19, 100, RESET, 0, RESET, 19, 19, RESET},
    {"ratio-left-out-at-one", 1, 100, RESET, 0, RESET, 1, 1, RESET},
    {"ratio-left-out-below-one", 10, 2048, RESET, 0, RESET, 0.48828125, 10, RESET},
    {"ratio-left-out-when-exhausted", 100, 100, RESET, 0, RESET, 100, 100, RESET},
    {"one-point-is-a-difference", 8, 100, RESET, 0.07, RESET, 8, 8, RESET},
    {"counts-higher", 60, 100, RESET, 0.4, RESET, 60, 60, RESET},
    {"ratio-higher", 10, 100, RESET, 0.4, RESET, 40, NAN, RESET},
    {"ratio-over-quota", 100, 100, RESET, 1.0025, RESET, 100.25, 100, RESET},
    {"resets-a-minute-apart", 19, 100, RESET, 0.1869, RESET + 60, 18.69, 19, RESET + 60},
    {"counts-are-of-the-old-period", 90, 100, RESET, 0.02, RESET + 18000, 2, NAN, RESET + 18000},
    {"ratio-is-of-the-old-period", 2, 100, RESET + 61, 0.9, RESET, 2, 2, RESET + 61},
    {"counts-without-reset", 19, 100, 0, 0.1869, RESET, 18.69, 19, RESET},
    {"ratio-without-reset", 19, 100, RESET, 0.1869, 0, 18.69, 19, RESET},
    {"no-reset-at-all", 19, 100, 0, 0.4, 0, 40, NAN, 0},
    {"unknown-counts", NAN, 100, RESET, 0.4, RESET, 40, NAN, RESET},
};

static struct reading *add_reading(GPtrArray *readings, const char *id, bool is_ratio,
                                   double used_percent, gint64 resets_at)
{
    struct reading *reading = g_new0(struct reading, 1);

    reading->id = g_strdup(id);
    reading->label = g_strdup(id);
    reading->is_ratio = is_ratio;
    reading->used_percent = used_percent;
    reading->used = reading->limit = NAN;
    reading->resets_at = resets_at;
    g_ptr_array_add(readings, reading);
    return reading;
}

static void add_counts(GPtrArray *readings, const struct two_readings *pair)
{
    struct reading *counts =
        add_reading(readings, "weekly", false, pair->used / pair->limit * 100, pair->counts_reset);

    counts->used = pair->used;
    counts->limit = pair->limit;
}

static void add_ratio(GPtrArray *readings, const struct two_readings *pair)
{
    add_reading(readings, "weekly", true, pair->ratio * 100, pair->ratio_reset);
}

static void assert_same(double actual, double expected)
{
    if (isnan(expected))
        g_assert_true(isnan(actual));
    else
        g_assert_cmpfloat_with_epsilon(actual, expected, 1e-9);
}

/* The same in either order. */
static void test_pair(gconstpointer data)
{
    const struct two_readings *pair = data;

    for (int ratio_first = 0; ratio_first <= 1; ratio_first++) {
        g_autoptr(GPtrArray) readings = readings_new();
        autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");
        const struct window *window;

        (ratio_first ? add_ratio : add_counts)(readings, pair);
        (ratio_first ? add_counts : add_ratio)(readings, pair);
        reconcile_join(readings);
        reconcile_add_windows(readings, snapshot);
        g_assert_cmpuint(snapshot->windows->len, ==, 1);
        window = snapshot->windows->pdata[0];
        assert_same(window->used_percent, pair->used_percent);
        assert_same(window->used, pair->shown_used);
        assert_same(window->limit, isnan(pair->shown_used) ? NAN : pair->limit);
        g_assert_cmpint(window->resets_at, ==, pair->resets_at);
    }
}

/* Counts, a ratio that was left out, and one that was not: the same result in any order. */
static void test_three_readings(void)
{
    static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    const struct two_readings pair = {.used = 19, .limit = 100, .counts_reset = RESET};

    for (gsize i = 0; i < G_N_ELEMENTS(orders); i++) {
        g_autoptr(GPtrArray) readings = readings_new();
        autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");
        const struct window *window;

        for (int k = 0; k < 3; k++) {
            if (orders[i][k] == 0)
                add_counts(readings, &pair);
            else
                add_reading(readings, "weekly", true, orders[i][k] == 1 ? 0 : 18.69, RESET);
        }
        reconcile_join(readings);
        reconcile_add_windows(readings, snapshot);
        g_assert_cmpuint(snapshot->windows->len, ==, 1);
        window = snapshot->windows->pdata[0];
        assert_same(window->used_percent, 18.69);
        assert_same(window->used, 19);
    }
}

static void test_order_of_windows(void)
{
    static const char *const ids[] = {"window_2h", "session", "window_1d",
                                      "monthly",   "session", "weekly"};
    static const char *const expected[] = {"weekly", "session", "monthly", "window_2h",
                                           "window_1d"};
    g_autoptr(GPtrArray) readings = readings_new();
    autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        add_reading(readings, ids[i], true, 1, 0);
    reconcile_join(readings);
    reconcile_add_windows(readings, snapshot);
    g_assert_cmpuint(snapshot->windows->len, ==, G_N_ELEMENTS(expected));
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        const struct window *window = snapshot->windows->pdata[i];
        g_assert_cmpstr(window->id, ==, expected[i]);
    }
}

static struct reading *add_share(GPtrArray *readings, double percent, gint64 resets_at)
{
    struct reading *share = add_reading(readings, "monthly", true, percent, resets_at);

    share->is_code_share = true;
    return share;
}

/* Two readings of one share, in either order: the higher counts, or that of the later period. */
static void test_two_shares(void)
{
    static const struct {
        gint64 first_reset, second_reset;
        double percent;
    } cases[] = {
        {RESET, RESET, 25},
        {0, RESET, 25},
        {RESET, RESET - 61, 10},
    };

    for (gsize i = 0; i < 2 * G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) readings = readings_new();
        autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");
        const struct window *month;

        if (i % 2 == 0)
            add_share(readings, 10, cases[i / 2].first_reset);
        add_share(readings, 25, cases[i / 2].second_reset);
        if (i % 2 == 1)
            add_share(readings, 10, cases[i / 2].first_reset);
        add_reading(readings, "monthly", true, 50, RESET);
        reconcile_join(readings);
        reconcile_add_windows(readings, snapshot);
        g_assert_cmpuint(snapshot->windows->len, ==, 1);
        month = snapshot->windows->pdata[0];
        g_assert_cmpfloat(month->used_percent, ==, 50);
        g_assert_cmpuint(month->shares->len, ==, 1);
        g_assert_cmpfloat(window_share(month, "code")->percent, ==, cases[i / 2].percent);
    }
}

static const char *find_unit(double weekly_limit, double session_limit, const char *id)
{
    g_autoptr(GPtrArray) readings = readings_new();
    autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");

    add_reading(readings, "weekly", false, 1, 0)->limit = weekly_limit;
    add_reading(readings, "session", false, 1, 0)->limit = session_limit;
    reconcile_join(readings);
    reconcile_add_windows(readings, snapshot);
    return g_intern_string(snapshot_window(snapshot, id)->unit);
}

static void test_units(void)
{
    g_assert_cmpstr(find_unit(2048, 200, "weekly"), ==, "requests");
    g_assert_cmpstr(find_unit(1000, 100, "session"), ==, "requests");
    g_assert_null(find_unit(100, 100, "weekly"));
    g_assert_null(find_unit(NAN, 100, "session"));
    g_assert_null(find_unit(NAN, 200, "weekly"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *name = g_strconcat("/kimi/reconcile/", pairs[i].name, NULL);
        g_test_add_data_func(name, &pairs[i], test_pair);
    }
    g_test_add_func("/kimi/reconcile/three", test_three_readings);
    g_test_add_func("/kimi/reconcile/order", test_order_of_windows);
    g_test_add_func("/kimi/reconcile/two-shares", test_two_shares);
    g_test_add_func("/kimi/reconcile/units", test_units);
    return g_test_run();
}
