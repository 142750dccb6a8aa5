/* The ciphers of Chromium's stores, on OpenSSL's libcrypto. The caller wipes and frees what was
 * decrypted; NULL means that the key does not fit. */
#pragma once

#include <glib.h>

/* PBKDF2-HMAC-SHA1 (RFC 8018) with one iteration. */
void cipher_derive_pbkdf2(const char *password, gsize length, const char *salt, guint8 key[16]);

/* HKDF-SHA-256 (RFC 5869). */
void cipher_derive_hkdf(const char *secret, gsize length, const char *salt, const char *info,
                        guint8 key[32]);

/* AES-128-CBC; checks and removes the padding (PKCS #7). */
char *cipher_decrypt_cbc(const guint8 key[16], const guint8 iv[16], const char *data, gsize length,
                         gsize *plain_length);

/* AES-256-GCM: a nonce of 12 bytes, the ciphertext, a tag of 16 bytes. */
char *cipher_decrypt_gcm(const guint8 key[32], const char *data, gsize length, gsize *plain_length);
