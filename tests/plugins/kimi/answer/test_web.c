/* The answers of a web session, and the statistics beside a usage of either service. */
#include "common/base/error.h"
#include "plugins/kimi/answer/interpret.h"

#include <math.h>
#include <string.h>

#define NOW    G_GINT64_CONSTANT(1800000000) /* 2027-01-15 */
#define ABSENT -1.0                          /* no such window */

/* Two resets that are a day apart, and one that is a minute and a second after the first. */
#define FIRST  "\"2027-01-16T00:00:00Z\""
#define SECOND "\"2027-01-17T00:00:00Z\""
#define A_BIT  "\"2027-01-16T00:01:01Z\""
#define NEARLY "\"2027-01-16T00:01:00Z\""

#define COUNTS(used, reset) "{\"limit\":\"100\",\"used\":\"" used "\",\"resetTime\":" reset "}"
#define WEB(detail, limits)                                                                        \
    "{\"usages\":[{\"scope\":\"FEATURE_CHAT\",\"detail\":{\"limit\":1,\"used\":1}},"               \
    "{\"scope\":\"FEATURE_CODING\",\"detail\":" detail ",\"limits\":[" limits "]}]}"
#define FIVE_HOURS(counts)                                                                         \
    "{\"window\":{\"duration\":300,\"timeUnit\":\"TIME_UNIT_MINUTE\"},\"detail\":" counts "}"
#define POOL(ratio, reset) "{\"used_ratio\":" ratio ",\"reset_time\":" reset "}"
#define CODE(counts, pool) "{\"usage\":" counts ",\"usages\":{\"limit_7d\":" pool "}}"

#define RATE(ratio, reset) "{\"ratio\":" ratio ",\"enabled\":true,\"resetTime\":" reset "}"
#define WEEK(rate)         "{\"ratelimitCode7d\":" rate "}"
#define MONTH(members)     "{\"subscriptionBalance\":{" members "}}"

/* One window from a usage and statistics. */
static const struct mix {
    const char *name;
    const char *answer;
    const char *stats;
    const char *id;
    double used_percent;
    double used; /* NAN: not counted */
} mixes[] = {
    {"none", WEB(COUNTS("19", FIRST), ""), NULL, "weekly", 19, 19},
    {"agree", WEB(COUNTS("19", FIRST), ""), WEEK(RATE("0.1869", FIRST)), "weekly", 18.69, 19},
    {"agree-within-a-minute", WEB(COUNTS("19", FIRST), ""), WEEK(RATE("0.1869", NEARLY)), "weekly",
     18.69, 19},
    {"higher", WEB(COUNTS("19", FIRST), ""), WEEK(RATE("0.4", FIRST)), "weekly", 40, NAN},
    {"lower", WEB(COUNTS("60", FIRST), ""), WEEK(RATE("0.4", FIRST)), "weekly", 60, 60},
    {"zero-while-exhausted", WEB(COUNTS("100", FIRST), ""), WEEK(RATE("0", FIRST)), "weekly", 100,
     100},
    {"over-quota", WEB(COUNTS("100", FIRST), ""), WEEK(RATE("1.0025", FIRST)), "weekly", 100.25,
     100},
    {"later-period", WEB(COUNTS("90", FIRST), ""), WEEK(RATE("0.02", SECOND)), "weekly", 2, NAN},
    {"later-by-a-bit", WEB(COUNTS("90", FIRST), ""), WEEK(RATE("0.02", A_BIT)), "weekly", 2, NAN},
    {"earlier-period", WEB(COUNTS("2", SECOND), ""), WEEK(RATE("0.9", FIRST)), "weekly", 2, 2},
    {"ratio-as-string", WEB(COUNTS("19", FIRST), ""), WEEK(RATE("\"0.1869\"", FIRST)), "weekly",
     18.69, 19},
    {"not-counted", WEB("{\"limit\":\"0\"}", ""), WEEK(RATE("0.4", FIRST)), "weekly", 40, NAN},
    {"no-detail", WEB("null", FIVE_HOURS(COUNTS("5", FIRST))), WEEK(RATE("0.4", FIRST)), "weekly",
     40, NAN},
    {"disabled", WEB(COUNTS("19", FIRST), ""),
     WEEK("{\"ratio\":0.9,\"enabled\":false,\"resetTime\":" FIRST "}"), "weekly", 19, 19},
    {"no-enabled", WEB(COUNTS("19", FIRST), ""), WEEK("{\"ratio\":0.9,\"resetTime\":" FIRST "}"),
     "weekly", 90, NAN},
    {"negative", WEB(COUNTS("19", FIRST), ""), WEEK(RATE("-0.5", FIRST)), "weekly", 19, 19},
    {"not-finite", WEB(COUNTS("19", FIRST), ""), WEEK(RATE("1e999", FIRST)), "weekly", 19, 19},
    {"not-a-number", WEB(COUNTS("19", FIRST), ""), WEEK(RATE("\"NaN\"", FIRST)), "weekly", 19, 19},
    {"null", WEB(COUNTS("19", FIRST), ""), WEEK(RATE("null", FIRST)), "weekly", 19, 19},
    {"an-array", WEB(COUNTS("19", FIRST), ""), "[1]", "weekly", 19, 19},
    {"session", WEB(COUNTS("1", FIRST), FIVE_HOURS(COUNTS("47", FIRST))),
     "{\"ratelimitCode5h\":" RATE("0.4689", FIRST) "}", "session", 46.89, 47},
    {"session-left-out", WEB(COUNTS("1", FIRST), ""),
     "{\"ratelimitCode5h\":{\"enabled\":true,\"resetTime\":" FIRST "}}", "session", 0, NAN},
    {"session-without-a-sign", WEB(COUNTS("1", FIRST), ""),
     "{\"ratelimitCode5h\":{\"resetTime\":" FIRST "}}", "session", ABSENT, NAN},
    {"session-not-a-number", WEB(COUNTS("1", FIRST), ""),
     "{\"ratelimitCode5h\":" RATE("\"NaN\"", FIRST) "}", "session", ABSENT, NAN},
    {"left-out-beside-counts", WEB(COUNTS("19", FIRST), ""),
     WEEK("{\"enabled\":true,\"resetTime\":" FIRST "}"), "weekly", 19, 19},
    {"envelope", WEB(COUNTS("19", FIRST), ""),
     "{\"code\":0,\"data\":" WEEK(RATE("0.1869", FIRST)) "}", "weekly", 18.69, 19},
    {"session-from-statistics-alone", WEB(COUNTS("1", FIRST), ""),
     "{\"ratelimitCode5h\":" RATE("0.4689", FIRST) "}", "session", 46.89, NAN},
    /* Three readings: counts, the pool and the statistics. */
    {"pool-zero", CODE(COUNTS("19", FIRST), POOL("0", FIRST)), WEEK(RATE("0.1869", FIRST)),
     "weekly", 18.69, 19},
    {"both-agree", CODE(COUNTS("19", FIRST), POOL("0.186", FIRST)), WEEK(RATE("0.1869", FIRST)),
     "weekly", 18.69, 19},
    {"pool-differs", CODE(COUNTS("19", FIRST), POOL("0.5", FIRST)), WEEK(RATE("0.1869", FIRST)),
     "weekly", 50, NAN},
    {"pool-of-the-next-period", CODE(COUNTS("19", FIRST), POOL("0.01", SECOND)),
     WEEK(RATE("0.1869", FIRST)), "weekly", 1, NAN},
    {"statistics-of-the-next-period", CODE(COUNTS("19", FIRST), POOL("0.2", FIRST)),
     WEEK(RATE("0.01", SECOND)), "weekly", 1, NAN},
    /* The monthly pool. */
    {"month", WEB(COUNTS("1", FIRST), ""),
     MONTH("\"feature\":\"FEATURE_OMNI\",\"type\":\"SUBSCRIPTION\",\"amountUsedRatio\":0.41"),
     "monthly", 41, NAN},
    {"month-without-feature-and-type", WEB(COUNTS("1", FIRST), ""),
     MONTH("\"amountUsedRatio\":0.41"), "monthly", 41, NAN},
    {"month-of-another-feature", WEB(COUNTS("1", FIRST), ""),
     MONTH("\"feature\":\"FEATURE_CHAT\",\"amountUsedRatio\":0.41"), "monthly", ABSENT, NAN},
    {"month-of-a-gift", WEB(COUNTS("1", FIRST), ""),
     MONTH("\"type\":\"GIFT\",\"amountUsedRatio\":0.41"), "monthly", ABSENT, NAN},
    {"month-of-code-is-no-window", WEB(COUNTS("1", FIRST), ""),
     MONTH("\"kimiCodeUsedRatio\":0.2854"), "monthly", ABSENT, NAN},
    {"month-left-out", WEB(COUNTS("1", FIRST), ""), MONTH("\"expireTime\":" FIRST), "monthly", 0,
     NAN},
    {"month-enabled", WEB(COUNTS("1", FIRST), ""), MONTH("\"enabled\":true"), "monthly", 0, NAN},
    {"month-without-a-sign", WEB(COUNTS("1", FIRST), ""), MONTH("\"unit\":\"UNIT_CREDIT\""),
     "monthly", ABSENT, NAN},
    {"month-unreadable", WEB(COUNTS("1", FIRST), ""),
     MONTH("\"expireTime\":" FIRST ",\"amountUsedRatio\":\"x\""), "monthly", ABSENT, NAN},
    {"month-disabled", WEB(COUNTS("1", FIRST), ""),
     MONTH("\"enabled\":false,\"amountUsedRatio\":0.41"), "monthly", ABSENT, NAN},
    {"gifts-are-no-pool", WEB(COUNTS("1", FIRST), ""),
     "{\"giftBalances\":[{\"feature\":\"FEATURE_OMNI\",\"amountUsedRatio\":1}]}", "monthly", ABSENT,
     NAN},
    {"month-beside-the-pool", "{\"usages\":{\"limit_month_total\":" POOL("0.4", FIRST) "}}",
     MONTH("\"amountUsedRatio\":0.41,\"expireTime\":" FIRST), "monthly", 41, NAN},
};

/* `answer` NULL: the usage failed. */
static struct snapshot *read_mix(const char *answer, const char *stats, GError **error)
{
    autoptr(json) usages = answer ? interpret_parse(answer, strlen(answer), error) : NULL;
    autoptr(json) extra = stats ? json_parse(stats, strlen(stats), JSON_STRICT, NULL) : NULL;
    const struct kimi_answers answers = {.usage = usages, .statistics = extra};

    return usages || !answer ? interpret_answers(&answers, NOW, error) : NULL;
}

static void test_mix(gconstpointer data)
{
    const struct mix *mix = data;
    g_autoptr(GError) error = NULL;
    autoptr(snapshot) snapshot = read_mix(mix->answer, mix->stats, &error);
    const struct window *window;

    g_assert_no_error(error);
    window = snapshot_window(snapshot, mix->id);
    if (mix->used_percent == ABSENT) {
        g_assert_null(window);
        return;
    }
    g_assert_nonnull(window);
    g_assert_cmpfloat_with_epsilon(window->used_percent, mix->used_percent, 1e-9);
    if (isnan(mix->used))
        g_assert_true(isnan(window->used));
    else
        g_assert_cmpfloat_with_epsilon(window->used, mix->used, 1e-9);
}

/* The statistics are an answer by themselves, whatever happened to the usage. */
static void test_statistics_alone(void)
{
    static const char *const answers[] = {
        NULL,
        "{\"usages\":[{\"scope\":\"FEATURE_CHAT\"}]}",
        "{\"usages\":[]}",
        "{}",
        "{\"code\":\"unimplemented\"}",
        "{\"usage\":7,\"limits\":\"no\",\"usages\":true}",
        "[1]",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        g_autoptr(GError) error = NULL;
        autoptr(snapshot) snapshot = read_mix(answers[i], WEEK(RATE("0.4", FIRST)), &error);

        g_assert_no_error(error);
        g_assert_cmpuint(snapshot->windows->len, ==, 1);
        g_assert_cmpfloat(snapshot_window(snapshot, "weekly")->used_percent, ==, 40);
    }
}

/* Free accounts have nothing else. */
static void test_month_alone(void)
{
    autoptr(snapshot) snapshot = read_mix(NULL, MONTH("\"expireTime\":" FIRST), NULL);

    g_assert_nonnull(snapshot);
    g_assert_cmpuint(snapshot->windows->len, ==, 1);
    g_assert_cmpfloat(snapshot_window(snapshot, "monthly")->used_percent, ==, 0);
}

static const struct nothing {
    const char *name;
    const char *answer;
    const char *stats;
    enum usage_error kind;
} nothings[] = {
    {"neither", NULL, NULL, USAGE_ERROR_PAYLOAD},
    {"empty-statistics", NULL, "{}", USAGE_ERROR_PAYLOAD},
    {"statistics-of-another-shape", NULL, "{\"ratelimitCode5h\":[0.5]}", USAGE_ERROR_PAYLOAD},
    {"no-scope", "{\"usages\":[{\"scope\":\"FEATURE_CHAT\"}]}", "{}", USAGE_ERROR_PAYLOAD},
    {"nothing-counted", WEB("{\"limit\":\"0\"}", ""), NULL, USAGE_ERROR_PLAN},
    {"nothing-counted-anywhere", WEB("{\"limit\":\"0\"}", ""), MONTH("\"enabled\":false"),
     USAGE_ERROR_PLAN},
};

static void test_nothing(gconstpointer data)
{
    const struct nothing *nothing = data;
    g_autoptr(GError) error = NULL;
    autoptr(snapshot) snapshot = read_mix(nothing->answer, nothing->stats, &error);

    g_assert_null(snapshot);
    g_assert_error(error, USAGE_ERROR, (int)nothing->kind);
}

/* Plans of the new catalogue have no weekly window; the one that the web sends is a leftover. */
static void test_no_week(void)
{
    static const char rest[] = ",\"ratelimitCode5h\":{\"enabled\":true}}";
    static const struct {
        const char *version; /* NULL: unknown */
        const char *week;    /* JSON */
        bool is_shown;
    } cases[] = {
        {NULL, "{\"enabled\":true,\"resetTime\":" FIRST "}", true},
        {"1", "{\"enabled\":true,\"resetTime\":" FIRST "}", true},
        {"2", "{\"enabled\":true,\"resetTime\":" FIRST "}", false},
        {"2", RATE("0", FIRST), true},
        {"2", RATE("0.25", FIRST), true},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat("{\"ratelimitCode7d\":", cases[i].week, rest, NULL);
        autoptr(json) stats = json_parse(text, strlen(text), JSON_STRICT, NULL);
        autoclear(plan) plan = {.version = g_strdup(cases[i].version)};
        const struct kimi_answers answers = {.statistics = stats, .plan = &plan};
        autoptr(snapshot) snapshot = interpret_answers(&answers, NOW, NULL);

        g_test_message("%s", text);
        g_assert_nonnull(snapshot_window(snapshot, "session"));
        g_assert_true((snapshot_window(snapshot, "weekly") != NULL) == cases[i].is_shown);
    }
}

/* The Code API names the catalogue, and the statistics have the leftover. */
static void test_no_week_by_the_answer(void)
{
    autoptr(snapshot) snapshot = read_mix(
        "{\"version\":\"GOODS_VERSION_V2\",\"usages\":{\"limit_5h\":{\"used_ratio\":0.1}}}",
        WEEK("{\"enabled\":true,\"resetTime\":" FIRST "}"), NULL);

    g_assert_cmpuint(snapshot->windows->len, ==, 1);
    g_assert_cmpstr(snapshot->plan_version, ==, "2");
}

/* The message says which part of the answer was read. */
static void test_no_scope_is_named(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(read_mix("{\"usages\":[{\"scope\":\"FEATURE_CHAT\"}]}", NULL, &error));
    g_assert_nonnull(strstr(error->message, "\"usages\" is an array"));
    g_assert_nonnull(strstr(error->message, "FEATURE_CODING"));
}

static void test_month_resets_when_it_expires(void)
{
    autoptr(snapshot) snapshot = read_mix(
        WEB(COUNTS("1", FIRST), ""),
        MONTH("\"amountUsedRatio\":0.4,\"kimiCodeUsedRatio\":0.2,\"expireTime\":" SECOND), NULL);

    g_assert_cmpint(snapshot_window(snapshot, "monthly")->resets_at, ==, 1800144000);
    g_assert_cmpint(snapshot_window(snapshot, "monthly")->minutes, ==, 31 * 24 * 60);
    g_assert_cmpfloat(window_share(snapshot_window(snapshot, "monthly"), "code")->percent, ==, 20);
}

/* A web answer also has the plan and the balance. */
static void test_account(void)
{
    static const char level[] =
        "{\"usages\":[{\"scope\":\"FEATURE_CODING\",\"detail\":{\"limit\":\"7168\",\"used\":\"1\"}}"
        "],"
        "\"user\":{\"membership\":{\"level\":\"LEVEL_STANDARD\"}},\"boosterWallet\":"
        "{\"balance\":{\"amount\":\"300000000\",\"amountLeft\":\"150000000\"}}}";
    autoptr(snapshot) snapshot = read_mix(level, NULL, NULL);
    const struct balance *balance = snapshot->balances->pdata[0];

    g_assert_cmpstr(snapshot->plan, ==, "Vivace");
    g_assert_cmpfloat(balance->amount, ==, 1.5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(mixes); i++) {
        g_autofree char *name = g_strconcat("/kimi/web/mix/", mixes[i].name, NULL);
        g_test_add_data_func(name, &mixes[i], test_mix);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(nothings); i++) {
        g_autofree char *name = g_strconcat("/kimi/web/nothing/", nothings[i].name, NULL);
        g_test_add_data_func(name, &nothings[i], test_nothing);
    }
    g_test_add_func("/kimi/web/statistics-alone", test_statistics_alone);
    g_test_add_func("/kimi/web/month-alone", test_month_alone);
    g_test_add_func("/kimi/web/no-week", test_no_week);
    g_test_add_func("/kimi/web/no-week-by-the-answer", test_no_week_by_the_answer);
    g_test_add_func("/kimi/web/no-scope-is-named", test_no_scope_is_named);
    g_test_add_func("/kimi/web/month-resets", test_month_resets_when_it_expires);
    g_test_add_func("/kimi/web/account", test_account);
    return g_test_run();
}
