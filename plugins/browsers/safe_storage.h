/* The password of a Chromium-like browser ("Chrome Safe Storage"), wherever the desktop keeps it,
 * asked for once and within one time for all browsers. */
#pragma once

#include "plugins/browsers/browser_store.h"
#include "plugins/browsers/keyring.h"

struct safe_storage;

/* `environment` tells where the session bus is; `config` is the configuration folder. Both must
 * outlive it. Without `may_ask` no keyring is asked: one did not answer a moment ago. */
struct safe_storage *safe_storage_new(char **environment, const char *config, bool may_ask);
void safe_storage_free(struct safe_storage *storage);
DEFINE_AUTOPTR(safe_storage, safe_storage_free);

/* What the keyrings hold for this browser: passwords for values of version v11; for v12, with
 * `is_portal`, the secret that the desktop portal made for its sandbox. The answer belongs to the
 * storage. */
const struct keyring_answer *safe_storage_ask(struct safe_storage *storage,
                                              const struct browser *browser, bool is_portal);

/* Whether a keyring did not answer in time. */
bool safe_storage_was_late(const struct safe_storage *storage);
