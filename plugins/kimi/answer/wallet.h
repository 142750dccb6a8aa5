/* Extra usage that was paid for: a wallet. The Code API tells of it in fixed point, the membership
 * statistics in cents. */
#pragma once

#include "common/base/json.h"
#include "common/usage/snapshot.h"

/* Adds the balance "extra" for the wallet of the answer to /usages or, if that has none, of the
 * membership statistics; further wallets of the statistics become "extra2" and so on. Either
 * answer, without its envelope, may be NULL. A wallet that was never filled, or is not active, is
 * none. */
void wallet_add_balances(const struct json *usages, const struct json *stats,
                         struct snapshot *snapshot);
