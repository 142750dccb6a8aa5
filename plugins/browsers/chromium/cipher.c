#include "plugins/browsers/chromium/cipher.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#define NONCE 12
#define TAG   16

void cipher_derive_pbkdf2(const char *password, gsize length, const char *salt, guint8 key[16])
{
    /* This fails only if memory runs out; then the key fits nothing. */
    if (PKCS5_PBKDF2_HMAC(password, (int)length, (const guint8 *)salt, (int)strlen(salt), 1,
                          EVP_sha1(), 16, key) != 1)
        memset(key, 0, 16);
}

/* Extract and expand, for a key as long as one hash. */
void cipher_derive_hkdf(const char *secret, gsize length, const char *salt, const char *info,
                        guint8 key[32])
{
    g_autofree char *expand = g_strconcat(info, "\x01", NULL);
    guint8 extracted[32] = {0};

    HMAC(EVP_sha256(), salt, (int)strlen(salt), (const guint8 *)secret, length, extracted, NULL);
    HMAC(EVP_sha256(), extracted, sizeof extracted, (const guint8 *)expand, strlen(expand), key,
         NULL);
    explicit_bzero(extracted, sizeof extracted);
}

/* `tag` NULL: the cipher has none. */
static char *cipher_decrypt(const EVP_CIPHER *cipher, const guint8 *key, const guint8 *iv,
                            guint8 *tag, const char *data, gsize length, gsize *plain_length)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    char *plain = g_malloc0(length + EVP_MAX_BLOCK_LENGTH + 1);
    int first = 0, rest = 0;

    if (context && EVP_DecryptInit_ex(context, cipher, NULL, key, iv) == 1 &&
        (!tag || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, TAG, tag) == 1) &&
        EVP_DecryptUpdate(context, (guint8 *)plain, &first, (const guint8 *)data, (int)length) ==
            1 &&
        EVP_DecryptFinal_ex(context, (guint8 *)plain + first, &rest) == 1) {
        plain[first + rest] = '\0';
        *plain_length = (gsize)first + (gsize)rest;
    } else {
        explicit_bzero(plain, length + EVP_MAX_BLOCK_LENGTH);
        g_clear_pointer(&plain, g_free);
    }
    EVP_CIPHER_CTX_free(context);
    return plain;
}

char *cipher_decrypt_cbc(const guint8 key[16], const guint8 iv[16], const char *data, gsize length,
                         gsize *plain_length)
{
    return cipher_decrypt(EVP_aes_128_cbc(), key, iv, NULL, data, length, plain_length);
}

char *cipher_decrypt_gcm(const guint8 key[32], const char *data, gsize length, gsize *plain_length)
{
    guint8 tag[TAG];

    if (length < NONCE + TAG)
        return NULL;
    memcpy(tag, data + length - TAG, TAG);
    return cipher_decrypt(EVP_aes_256_gcm(), key, (const guint8 *)data, tag, data + NONCE,
                          length - NONCE - TAG, plain_length);
}
