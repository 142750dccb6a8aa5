/* Extra usage that was paid for: "boosterWallet". */
#pragma once

#include "common/json.h"
#include "common/snapshot.h"

/* Adds what is left of it to the snapshot, as the balance "extra"; nothing if the answer has no
 * amount. Kimi's amounts are fixed point: 1 000 000 are one cent. */
void wallet_add_balance(const struct json *answer, struct snapshot *snapshot);
