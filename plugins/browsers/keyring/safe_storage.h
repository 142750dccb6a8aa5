/* The password of a Chromium-like browser ("Chrome Safe Storage"), wherever the desktop keeps it.
 * Each is asked for once, and all of them within KEYRING_PATIENCE. */
#pragma once

#include "plugins/browsers/keyring/keyring.h"
#include "plugins/browsers/store/store_listing.h"

struct safe_storage;

/* `environment` says where the session bus is; `config` is the configuration folder. Both must
 * outlive the storage. Without `may_ask` no keyring is asked: one timed out a moment ago. */
struct safe_storage *safe_storage_new(char **environment, const char *config, bool may_ask);
void safe_storage_free(struct safe_storage *storage);

/* What the keyrings hold for this browser: passwords for values of version v11, or, with
 * `is_portal`, for v12 the secret that the desktop portal made for its sandbox. The answer belongs
 * to the storage. */
const struct keyring_answer *safe_storage_ask(struct safe_storage *storage,
                                              const struct browser *browser, bool is_portal);

/* Whether a keyring did not answer in time. */
bool safe_storage_timed_out(const struct safe_storage *storage);
