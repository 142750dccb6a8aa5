/* Wallets: extra usage that the user has paid for. The Code API gives amounts in fixed point, the
 * membership statistics in cents. */
#pragma once

#include "common/base/json.h"
#include "common/usage/snapshot.h"

/* Adds the balance "extra" for the wallet in the usage, or for that in the statistics if the usage
 * has none; further wallets in the statistics become "extra2" and so on. Either answer, without its
 * envelope, may be NULL. Wallets that were never filled or are not active are left out. */
void wallet_add_balances(const struct json *usage, const struct json *statistics,
                         struct snapshot *snapshot);
