#include "plugins/kimi/wallet.h"

#include "common/i18n.h"
#include "plugins/kimi/field.h"

#include <string.h>

#define UNITS_PER_CURRENCY (1e6 * 100)
#define MAX_AMOUNT         1e12

static bool is_disabled(const struct json *object)
{
    return g_strcmp0(json_string(json_get(object, "status")), "STATUS_DISABLED") == 0;
}

/* The service leaves out a field that is zero; all amounts are left out when the wallet is off. */
static bool read_left(const struct json *wallet, double *left)
{
    const struct json *balance = json_get(wallet, "balance");
    double whole;

    if (is_disabled(wallet) || is_disabled(balance))
        return false;
    if (field_number(json_get(balance, "amountLeft"), left))
        return true;
    if (json_get(balance, "amountLeft") || !field_number(json_get(balance, "amount"), &whole) ||
        whole <= 0)
        return false;
    *left = 0;
    return true;
}

/* The amounts have no currency of their own: it is that of the limits. */
static const char *read_currency(const struct json *wallet)
{
    const char *const holders[] = {"monthlyChargeLimit", "monthlyUsed", "balance"};

    for (gsize i = 0; i < G_N_ELEMENTS(holders); i++) {
        const char *code = json_string(json_get(json_get(wallet, holders[i]), "currency"));
        if (code && strlen(code) == 3 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3)
            return code;
    }
    return NULL;
}

void wallet_add_balance(const struct json *answer, struct snapshot *snapshot)
{
    const struct json *wallet = json_get(answer, "boosterWallet");
    double left;

    if (!read_left(wallet, &left))
        return;
    left /= UNITS_PER_CURRENCY;
    if (left >= -MAX_AMOUNT && left <= MAX_AMOUNT)
        snapshot_add_balance(snapshot, "extra", _("Extra usage"), left, read_currency(wallet));
}
