/* What an answer says beside the windows: plan and extra usage; and what the web session's
 * statistics leave out. */
#include "common/json.h"
#include "plugins/kimi/answer/usages.h"

#include <math.h>
#include <string.h>

#define NOW    G_GINT64_CONSTANT(1800000000)
#define WINDOW "\"usage\":{\"limit\":\"%d\",\"used\":\"1\"}"

static struct json *parse(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct json *json = json_parse(text, strlen(text), JSON_STRICT, &error);

    g_assert_no_error(error);
    return json;
}

static struct snapshot *read_answer(int weekly_limit, const char *members)
{
    g_autofree char *text = g_strdup_printf("{" WINDOW "%s}", weekly_limit, members);
    g_autoptr(GError) error = NULL;
    struct snapshot *snapshot = usages_parse(text, strlen(text), NULL, NOW, &error);

    g_assert_no_error(error);
    return snapshot;
}

static void test_plans(void)
{
    static const struct {
        int weekly_limit;
        const char *level; /* JSON */
        const char *plan;
    } plans[] = {
        {100, "\"LEVEL_FREE\"", "Free"},
        {100, "\"LEVEL_BASIC\"", "Adagio"},
        {100, "\"LEVEL_STANDARD\"", "Moderato"},
        {100, "\"LEVEL_INTERMEDIATE\"", "Allegretto"},
        {100, "\"LEVEL_ADVANCED\"", "Allegro"},
        {100, "\"LEVEL_PREMIUM\"", "Vivace"},
        {100, "\"LEVEL_ULTRA_MAX\"", "Ultra Max"},
        {100, "\"presto\"", "Presto"},
        {100, "\"LEVEL_A\\u0007B\\u202e\"", "A B"},
        {1024, "\"LEVEL_PREMIUM\"", "Vivace"},
        {1024, "null", "Andante"},
        {2048, "\"LEVEL_UNSPECIFIED\"", "Moderato"},
        {7168, "17", "Allegretto"},
        {7168, "\"\"", "Allegretto"},
        {100, "null", NULL},
        {100, "\"LEVEL_\"", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(plans); i++) {
        g_autofree char *members =
            g_strdup_printf(",\"user\":{\"membership\":{\"level\":%s}}", plans[i].level);
        autoptr(snapshot) snapshot = read_answer(plans[i].weekly_limit, members);
        g_assert_cmpstr(snapshot->plan, ==, plans[i].plan);
    }
}

static void test_plan_of_wrong_types(void)
{
    static const char *const members[] = {"", ",\"user\":[]", ",\"user\":{\"membership\":7}"};

    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        autoptr(snapshot) snapshot = read_answer(100, members[i]);
        g_assert_null(snapshot->plan);
    }
}

static void test_wallet(void)
{
    static const struct {
        const char *wallet;
        double amount; /* NAN: no balance */
        const char *currency;
    } wallets[] = {
        {"{\"balance\":{\"amountLeft\":\"10000000000\"},\"monthlyUsed\":{\"currency\":\"CNY\"}}",
         100, "CNY"},
        {"{\"balance\":{\"amountLeft\":150000000}}", 1.5, NULL},
        {"{\"balance\":{\"amount\":\"20000000000\"},\"monthlyChargeLimit\":{\"currency\":\"USD\"}}",
         0, "USD"},
        {"{\"balance\":{\"amountLeft\":\"0\"},\"monthlyUsed\":{\"currency\":\"<b>\"}}", 0, NULL},
        {"{\"status\":\"STATUS_DISABLED\",\"balance\":{\"amount\":\"20000000000\"}}", NAN, NULL},
        {"{\"status\":\"STATUS_DISABLED\"}", NAN, NULL},
        {"{\"balance\":{\"type\":\"BOOSTER\"}}", NAN, NULL},
        {"{\"balance\":{\"amount\":\"20000000000\",\"amountLeft\":\"much\"}}", NAN, NULL},
        {"{\"balance\":{\"amountLeft\":1e300}}", NAN, NULL},
        {"{\"balance\":[]}", NAN, NULL},
        {"null", NAN, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(wallets); i++) {
        g_autofree char *members = g_strdup_printf(",\"boosterWallet\":%s", wallets[i].wallet);
        autoptr(snapshot) snapshot = read_answer(100, members);
        const struct balance *balance;

        g_test_message("%s", wallets[i].wallet);
        g_assert_cmpuint(snapshot->balances->len, ==, isnan(wallets[i].amount) ? 0 : 1);
        if (isnan(wallets[i].amount))
            continue;
        balance = snapshot->balances->pdata[0];
        g_assert_cmpstr(balance->id, ==, "extra");
        g_assert_cmpfloat_with_epsilon(balance->amount, wallets[i].amount, 1e-9);
        g_assert_cmpstr(balance->currency, ==, wallets[i].currency);
    }
}

static void test_stats(void)
{
    static const struct {
        const char *stats;
        const char *id;
        bool counts;
    } cases[] = {
        {"{\"ratelimitCode5h\":{\"ratio\":0.5,\"enabled\":true}}", "session", true},
        {"{\"ratelimitCode5h\":{\"ratio\":0.5}}", "session", true},
        {"{\"ratelimitCode5h\":{\"ratio\":0.5,\"enabled\":false}}", "session", false},
        {"{\"ratelimitCode5h\":{\"ratio\":\"NaN\",\"enabled\":true}}", "session", false},
        {"{\"subscriptionBalance\":{\"amountUsedRatio\":0.5}}", "monthly", true},
        {"{\"subscriptionBalance\":{\"kimiCodeUsedRatio\":0.5}}", "monthly_code", true},
        {"{\"subscriptionBalance\":{\"kimiCodeUsedRatio\":0.5}}", "monthly", false},
        {"{\"subscriptionBalance\":{\"feature\":\"FEATURE_CHAT\",\"amountUsedRatio\":0.5}}",
         "monthly", false},
        {"{\"subscriptionBalance\":{\"type\":\"GIFT\",\"amountUsedRatio\":0.5}}", "monthly", false},
        {"{\"giftBalances\":[{\"amountUsedRatio\":0.5}]}", "monthly", false},
        {"[]", "monthly", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        autoptr(json) answer = parse("{\"usage\":{\"limit\":\"100\",\"used\":\"1\"}}");
        autoptr(json) stats = parse(cases[i].stats);
        autoptr(snapshot) snapshot = usages_read(answer, stats, NOW, NULL);
        const struct window *window = snapshot_window(snapshot, cases[i].id);

        g_test_message("%s", cases[i].stats);
        g_assert_true((window != NULL) == cases[i].counts);
        if (window)
            g_assert_cmpfloat(window->used_percent, ==, 50);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kimi/account/plans", test_plans);
    g_test_add_func("/kimi/account/plan-of-wrong-types", test_plan_of_wrong_types);
    g_test_add_func("/kimi/account/wallet", test_wallet);
    g_test_add_func("/kimi/account/stats", test_stats);
    return g_test_run();
}
