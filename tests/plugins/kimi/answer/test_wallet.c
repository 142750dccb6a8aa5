/* Extra usage: the wallet in the usage and in the membership statistics. */
#include "common/base/json.h"
#include "plugins/kimi/answer/interpret.h"

#include <math.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT(1800000000)

static struct json *parse_json(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct json *json = json_parse(text, strlen(text), JSON_STRICT, &error);

    g_assert_no_error(error);
    return json;
}

static struct snapshot *read_answers(const struct json *usages, const struct json *stats)
{
    const struct kimi_answers answers = {.usage = usages, .statistics = stats};
    g_autoptr(GError) error = NULL;
    struct snapshot *snapshot = interpret_answers(&answers, NOW, &error);

    g_assert_no_error(error);
    return snapshot;
}

#define COUNTS "\"usage\":{\"limit\":100,\"used\":1}"
#define FILLED                                                                                     \
    "\"balance\":{\"type\":\"BOOSTER\",\"amount\":\"20000000000\",\"amountLeft\":\"1e10\"}"
#define CENTS(n)      "{\"currency\":\"CNY\",\"priceInCents\":\"" #n "\"}"
#define ONE(wallet)   ",\"boosterWallet\":{" wallet "}"
#define OTHER(wallet) ",\"booster_wallet\":{" wallet "}"
#define MANY(wallet)  ",\"boosterWallets\":[{" wallet "}]"

/* In the usage, and in the statistics as well unless only the usage can have it. */
static const struct {
    const char *members;
    double amount; /* NAN: no balance */
    const char *currency;
    double spent, cap;
} wallets[] = {
    {ONE(FILLED), 100, "USD", NAN, NAN},
    {OTHER(FILLED), 100, "USD", NAN, NAN},
    {ONE(FILLED ",\"monthlyUsed\":" CENTS(5000)), 100, "CNY", 50, NAN},
    {ONE(FILLED ",\"monthlyUsed\":" CENTS(5000) ",\"monthlyChargeLimit\":" CENTS(20000)), 100,
     "CNY", 50, NAN},
    {ONE(FILLED ",\"monthlyUsed\":{},\"monthlyChargeLimit\":" CENTS(
         20000) ",\"monthlyChargeLimitEnabled\":true"),
     100, "CNY", 0, 200},
    {ONE(FILLED ",\"monthlyUsed\":" CENTS(-1) ",\"monthlyChargeLimit\":" CENTS(
         0) ",\"monthlyChargeLimitEnabled\":true"),
     100, "CNY", NAN, NAN},
    {ONE(FILLED ",\"monthlyUsed\":{\"currency\":\"<b>\",\"priceInCents\":1}"), 100, NULL, NAN, NAN},
    {ONE("\"balance\":{\"amount\":\"150000000\"}"), 0, "USD", NAN, NAN},
    {ONE("\"balance\":{\"amount\":150000000,\"amountLeft\":150000000}"), 1.5, "USD", NAN, NAN},
    {ONE("\"status\":\"STATUS_ACTIVE\"," FILLED), 100, "USD", NAN, NAN},
    {ONE("\"status\":\"STATUS_DISABLED\"," FILLED), NAN, NULL, NAN, NAN},
    {ONE("\"status\":\"STATUS_DISABLED\""), NAN, NULL, NAN, NAN},
    {ONE("\"status\":7," FILLED), NAN, NULL, NAN, NAN},
    {ONE("\"balance\":{\"type\":\"GIFT\",\"amount\":\"2\",\"amountLeft\":\"1\"}"), NAN, NULL, NAN,
     NAN},
    {ONE("\"balance\":{\"type\":\"BOOSTER\"}"), NAN, NULL, NAN, NAN},
    {ONE("\"balance\":{\"amountLeft\":150000000}"), NAN, NULL, NAN, NAN},
    {ONE("\"balance\":{\"amount\":\"0\",\"amountLeft\":\"0\"}"), NAN, NULL, NAN, NAN},
    {ONE("\"balance\":{\"amount\":\"20000000000\",\"amountLeft\":\"much\"}"), NAN, NULL, NAN, NAN},
    {ONE("\"balance\":{\"amount\":1e300,\"amountLeft\":1e300}"), NAN, NULL, NAN, NAN},
    {ONE("\"balance\":[]"), NAN, NULL, NAN, NAN},
    {",\"boosterWallet\":null", NAN, NULL, NAN, NAN},
    {",\"boosterWallet\":7", NAN, NULL, NAN, NAN},
    {MANY("\"moneyLeft\":" CENTS(4912) ",\"moneyTotal\":" CENTS(5000)), 49.12, "CNY", NAN, NAN},
    {MANY("\"moneyLeft\":" CENTS(4912) ",\"moneyTotal\":" CENTS(5000) ",\"monthlyUsed\":" CENTS(
         88) ",\"monthlyChargeLimit\":" CENTS(10000)),
     49.12, "CNY", 0.88, 100},
    {MANY("\"moneyLeft\":" CENTS(1) ",\"moneyTotal\":" CENTS(
         2) ",\"monthlyUsed\":{\"currency\":\"USD\",\"priceInCents\":3}"),
     0.01, "CNY", NAN, NAN},
    {MANY("\"moneyTotal\":{\"priceInCents\":5000}"), 0, "USD", NAN, NAN},
    {MANY("\"status\":\"STATUS_ACTIVE\",\"moneyTotal\":" CENTS(5000)), 0, "CNY", NAN, NAN},
    {MANY("\"status\":\"STATUS_FROZEN\",\"moneyTotal\":" CENTS(5000)), NAN, NULL, NAN, NAN},
    {MANY("\"moneyLeft\":" CENTS(0) ",\"moneyTotal\":" CENTS(0)), NAN, NULL, NAN, NAN},
    {MANY("\"moneyTotal\":\"much\""), NAN, NULL, NAN, NAN},
    {",\"boosterWallets\":{\"moneyTotal\":" CENTS(5000) "}", NAN, NULL, NAN, NAN},
    {",\"boosterWallets\":[null,7,[]]", NAN, NULL, NAN, NAN},
};

static void assert_same(double actual, double expected)
{
    if (isnan(expected))
        g_assert_true(isnan(actual));
    else
        g_assert_cmpfloat_with_epsilon(actual, expected, 1e-9);
}

static void test_wallets(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(wallets); i++) {
        g_autofree char *text = g_strdup_printf("{\"x\":1%s}", wallets[i].members);
        g_autofree char *with_text = g_strdup_printf("{" COUNTS "%s}", wallets[i].members);
        autoptr(json) usages = parse_json("{" COUNTS "}");
        autoptr(json) stats = parse_json(text);
        autoptr(json) with_wallet = parse_json(with_text);
        autoptr(snapshot) in_usages = read_answers(with_wallet, NULL);
        autoptr(snapshot) in_stats = read_answers(usages, stats);
        struct snapshot *const both[] = {in_usages, in_stats};

        g_test_message("%s", wallets[i].members);
        for (gsize k = 0; k < G_N_ELEMENTS(both); k++) {
            const struct balance *balance;

            g_assert_cmpuint(both[k]->balances->len, ==, isnan(wallets[i].amount) ? 0 : 1);
            if (isnan(wallets[i].amount))
                continue;
            balance = both[k]->balances->pdata[0];
            g_assert_cmpstr(balance->id, ==, "extra");
            g_assert_cmpstr(balance->currency, ==, wallets[i].currency);
            assert_same(balance->amount, wallets[i].amount);
            assert_same(balance->spent, wallets[i].spent);
            assert_same(balance->cap, wallets[i].cap);
        }
    }
}

/* Both have the same wallet; the Code API's is shown unless it has none. */
static void test_wallet_of_both(void)
{
    static const struct {
        const char *wallet;
        double amount;
    } cases[] = {
        {ONE(FILLED), 100},
        {ONE("\"status\":\"STATUS_DISABLED\""), 49.12},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("{" COUNTS "%s}", cases[i].wallet);
        autoptr(json) usages = parse_json(text);
        autoptr(json) stats = parse_json("{\"boosterWallets\":[{\"moneyLeft\":" CENTS(
            4912) ",\"moneyTotal\":" CENTS(5000) "}]}");
        autoptr(snapshot) snapshot = read_answers(usages, stats);
        const struct balance *balance = snapshot->balances->pdata[0];

        g_assert_cmpuint(snapshot->balances->len, ==, 1);
        g_assert_cmpfloat_with_epsilon(balance->amount, cases[i].amount, 1e-9);
    }
}

/* Each gets an id of its own, and there is a limit. */
static void test_many_wallets(void)
{
    g_autoptr(GString) text = g_string_new("{\"boosterWallets\":[null");

    for (int i = 0; i < 1000; i++)
        g_string_append(text, ",{\"moneyTotal\":" CENTS(5000) "}");
    g_string_append(text, "]}");
    autoptr(json) usages = parse_json("{" COUNTS "}");
    autoptr(json) stats = parse_json(text->str);
    autoptr(snapshot) snapshot = read_answers(usages, stats);
    const struct balance *second = snapshot->balances->pdata[1];

    g_assert_cmpuint(snapshot->balances->len, ==, 4);
    g_assert_cmpstr(second->id, ==, "extra2");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kimi/wallet/shapes", test_wallets);
    g_test_add_func("/kimi/wallet/of-both", test_wallet_of_both);
    g_test_add_func("/kimi/wallet/many", test_many_wallets);
    return g_test_run();
}
