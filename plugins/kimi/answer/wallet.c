#include "plugins/kimi/answer/wallet.h"

#include "common/base/i18n.h"
#include "plugins/kimi/answer/field.h"

#include <math.h>
#include <string.h>

#define CENTS            100.0
#define UNITS            (1e6 * CENTS) /* fixed point: 1 000 000 are one cent */
#define MAX_AMOUNT       1e12
#define MAX_WALLETS      4
#define DEFAULT_CURRENCY "USD"

/* An absent amount is 0. */
static bool wallet_read_amount(const struct json *value, double units, double *amount)
{
    double number = 0;

    if (!field_is_absent(value) && !field_number(value, &number))
        return false;
    *amount = number / units;
    return fabs(*amount) <= MAX_AMOUNT;
}

static bool wallet_read_money(const struct json *money, double *amount)
{
    return wallet_read_amount(json_get(money, "priceInCents"), CENTS, amount);
}

static bool wallet_is_active_booster(const struct json *object)
{
    return field_is_text_or_absent(object, "status", "STATUS_ACTIVE") &&
           field_is_text_or_absent(object, "type", "BOOSTER");
}

/* NULL if no currency that is named can be one. */
static const char *wallet_read_currency(const struct json *wallet)
{
    static const char *const holders[] = {"moneyLeft", "moneyTotal", "balance",
                                          "monthlyChargeLimit", "monthlyUsed"};
    bool is_named = false;

    for (gsize i = 0; i < G_N_ELEMENTS(holders); i++) {
        const struct json *currency = json_get(json_get(wallet, holders[i]), "currency");
        const char *code = json_string(currency);
        if (code && strlen(code) == 3 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3)
            return code;
        is_named = is_named || !field_is_absent(currency);
    }
    return is_named ? NULL : DEFAULT_CURRENCY;
}

/* What was or may be spent this month; NAN if it is unknown, negative, or in another currency. */
static double wallet_read_monthly(const struct json *money, const char *currency)
{
    const char *code = json_string(json_get(money, "currency"));
    double amount;

    if (json_type(money) != JSON_OBJECT || (code && g_strcmp0(code, currency) != 0) ||
        !wallet_read_money(money, &amount) || amount < 0)
        return NAN;
    return amount;
}

/* What was paid for and what is left of it, in whole units of the currency. */
static bool wallet_read_amounts(const struct json *wallet, bool is_money, double *whole,
                                double *left)
{
    const struct json *balance = json_get(wallet, "balance");

    if (is_money)
        return wallet_read_money(json_get(wallet, "moneyTotal"), whole) &&
               wallet_read_money(json_get(wallet, "moneyLeft"), left);
    return wallet_read_amount(json_get(balance, "amount"), UNITS, whole) &&
           wallet_read_amount(json_get(balance, "amountLeft"), UNITS, left);
}

static void wallet_add_balance(const struct json *wallet, struct snapshot *snapshot)
{
    guint number = snapshot->balances->len + 1;
    g_autofree char *id = number > 1 ? g_strdup_printf("extra%u", number) : g_strdup("extra");
    bool is_money = json_get(wallet, "moneyTotal") || json_get(wallet, "moneyLeft");
    const char *currency = wallet_read_currency(wallet);
    struct balance *balance;
    double whole, left;

    if (number > MAX_WALLETS || !wallet_is_active_booster(wallet) ||
        !wallet_is_active_booster(json_get(wallet, "balance")) ||
        !wallet_read_amounts(wallet, is_money, &whole, &left) || whole <= 0)
        return;
    balance = snapshot_add_balance(snapshot, id, _("Extra usage"), left, currency);
    balance->spent = wallet_read_monthly(json_get(wallet, "monthlyUsed"), currency);
    balance->cap = wallet_read_monthly(json_get(wallet, "monthlyChargeLimit"), currency);
    /* The Code API says whether the cap counts; in the statistics a cap always does. */
    if (!field_boolean(wallet, "monthlyChargeLimitEnabled", is_money) || balance->cap <= 0)
        balance->cap = NAN;
}

/* Adds the one wallet, or all in the list. */
static void wallet_add_all(const struct json *answer, struct snapshot *snapshot)
{
    static const char *const keys[] = {"boosterWallet", "booster_wallet", NULL};
    const struct json *one = field_first(answer, keys);
    const struct json *list = json_get(answer, "boosterWallets");

    if (one)
        wallet_add_balance(one, snapshot);
    for (guint i = 0; json_type(list) == JSON_ARRAY && !one && i < json_length(list); i++)
        wallet_add_balance(json_at(list, i), snapshot);
}

void wallet_add_balances(const struct json *usage, const struct json *statistics,
                         struct snapshot *snapshot)
{
    wallet_add_all(usage, snapshot);
    if (snapshot->balances->len == 0) /* else both have the same wallet */
        wallet_add_all(statistics, snapshot);
}
