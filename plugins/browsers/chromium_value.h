/* What Chromium encrypts the values of its cookies with, as its sources have it
 * (components/os_crypt/async/browser): posix_key_provider.cc (v10: a password that everybody
 * knows), freedesktop_secret_key_provider.cc (v11: one in the keyring),
 * secret_portal_key_provider.cc (v12: a secret of the desktop portal), and
 * net/extras/sqlite/sqlite_persistent_cookie_store.cc (from database version 24 on the value is
 * preceded by a hash of its host). */
#pragma once

#include "common/base/secret.h"
#include "plugins/browsers/browser_store.h"
#include "plugins/browsers/safe_storage.h"

enum value_outcome {
    VALUE_OPENED,
    VALUE_LOCKED, /* the keyring is */
    VALUE_SEALED, /* there is no key that fits */
};

/* Decrypts the value of the row, asking keyrings only if it needs one. The value, or why there is
 * none, goes to the caller. */
enum value_outcome chromium_value_open(const struct session_row *row, const struct browser *browser,
                                       struct safe_storage *storage, struct secret **value,
                                       char **why);
