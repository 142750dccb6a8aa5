/* How Chromium encrypts the values of its cookies, as in its sources (components/os_crypt/async/
 * browser): posix_key_provider.cc (v10: a password that everybody knows),
 * freedesktop_secret_key_provider.cc (v11: one in the keyring), secret_portal_key_provider.cc (v12:
 * a secret of the desktop portal), and net/extras/sqlite/sqlite_persistent_cookie_store.cc (from
 * database version 24 on, a hash of the host precedes the value). */
#pragma once

#include "plugins/browsers/keyring/safe_storage.h"

/* Decrypts the value of the row, asking keyrings only if it needs one. NULL: `is_locked` says
 * whether a locked keyring is to blame, and `why`, which the caller frees, is for people. */
struct secret *chromium_value_open(const struct session_row *row, const struct browser *browser,
                                   struct safe_storage *storage, bool *is_locked, char **why);
