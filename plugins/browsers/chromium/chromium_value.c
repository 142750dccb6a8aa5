#include "plugins/browsers/chromium/chromium_value.h"

#include "common/base/i18n.h"
#include "plugins/browsers/chromium/cipher.h"

#include <string.h>

#define PREFIX       3 /* characters: "v10" */
#define HASH         32
#define HASH_VERSION 24
#define SALT         "saltysalt"
#define PORTAL_SALT  "fdo_portal_secret_salt"
#define PORTAL_INFO  "HKDF-SHA-256 AES-256-GCM"
#define SPACES       "                " /* 16: the initialization vector */

static const struct value_version {
    const char *prefix;
    bool in_keyring; /* its key is, unless it is one of the known passwords */
    bool is_portal;  /* its key is a secret of the portal */
} versions[] = {
    {"v10", false, false},
    {"v11", true, false},
    {"v12", true, true},
};

/* Chromium's own, and what it uses when a keyring gives nothing. */
static const char *const known_passwords[] = {"peanuts", ""};

/* Whether this can be a value: a wrong key gives noise. */
static bool value_is_plain(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isprint(text[i]))
            return false;
    }
    return length > 0;
}

static bool value_has_hash(const char *plain, gsize length, const char *host)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 hash[HASH];
    gsize size = sizeof hash;

    g_checksum_update(checksum, (const guchar *)host, -1);
    g_checksum_get_digest(checksum, hash, &size);
    return length >= HASH && memcmp(plain, hash, HASH) == 0;
}

/* Takes ownership of what was decrypted; NULL if the key was wrong. */
static struct secret *value_take(char *plain, gsize length, const struct session_row *row)
{
    gsize skip = row->version >= HASH_VERSION ? HASH : 0;
    struct secret *value = NULL;

    if (!plain)
        return NULL;
    if ((skip == 0 || value_has_hash(plain, length, row->place)) &&
        value_is_plain(plain + skip, length - skip))
        value = secret_new(plain + skip, (gssize)(length - skip));
    explicit_bzero(plain, length);
    g_free(plain);
    return value;
}

static struct secret *value_try_password(const struct session_row *row, const char *password,
                                         gsize length)
{
    guint8 key[16];
    gsize plain_length = 0;
    char *plain;

    cipher_derive_pbkdf2(password, length, SALT, key);
    plain = cipher_decrypt_cbc(key, (const guint8 *)SPACES, row->data + PREFIX,
                               row->length - PREFIX, &plain_length);
    explicit_bzero(key, sizeof key);
    return value_take(plain, plain_length, row);
}

static struct secret *value_try_portal(const struct session_row *row, const char *secret,
                                       gsize length)
{
    guint8 key[32];
    gsize plain_length = 0;
    char *plain;

    cipher_derive_hkdf(secret, length, PORTAL_SALT, PORTAL_INFO, key);
    plain = cipher_decrypt_gcm(key, row->data + PREFIX, row->length - PREFIX, &plain_length);
    explicit_bzero(key, sizeof key);
    return value_take(plain, plain_length, row);
}

static struct secret *value_try_known(const struct session_row *row)
{
    struct secret *value = NULL;

    for (gsize i = 0; !value && i < G_N_ELEMENTS(known_passwords); i++)
        value = value_try_password(row, known_passwords[i], strlen(known_passwords[i]));
    return value;
}

static struct secret *value_try_answer(const struct session_row *row,
                                       const struct keyring_answer *answer, bool is_portal)
{
    struct secret *value = NULL;

    for (guint i = 0; !value && i < answer->passwords->len; i++) {
        const struct secret *password = answer->passwords->pdata[i];
        value = (is_portal ? value_try_portal : value_try_password)(row, secret_peek(password),
                                                                    secret_length(password));
    }
    return value;
}

static char *value_explain(const struct keyring_answer *answer, const struct browser *browser,
                           bool is_portal)
{
    if (answer->passwords->len > 0)
        return g_strdup_printf(_("the password of %s in the keyring does not fit"),
                               _(browser->name));
    if (answer->why)
        return g_strdup(answer->why);
    return g_strdup_printf(is_portal ? _("no keyring has the portal's secret of %s")
                                     : _("no keyring has the password of %s"),
                           _(browser->name));
}

static const struct value_version *value_find_version(const struct session_row *row)
{
    for (gsize i = 0; i < G_N_ELEMENTS(versions); i++) {
        if (row->length > PREFIX && memcmp(row->data, versions[i].prefix, PREFIX) == 0)
            return &versions[i];
    }
    return NULL;
}

struct secret *chromium_value_open(const struct session_row *row, const struct browser *browser,
                                   struct safe_storage *storage, bool *is_locked, char **why)
{
    const struct value_version *version = value_find_version(row);
    struct secret *value = version && !version->is_portal ? value_try_known(row) : NULL;
    const struct keyring_answer *answer;

    *is_locked = false;
    if (value)
        return value;
    if (!version) {
        *why = g_strdup(_("it is encrypted in a way that is not known"));
        return NULL;
    }
    if (!version->in_keyring) {
        *why = g_strdup(_("the key of this version (v10) does not fit: it is damaged, or the "
                          "encryption has changed"));
        return NULL;
    }
    answer = safe_storage_ask(storage, browser, version->is_portal);
    value = value_try_answer(row, answer, version->is_portal);
    if (!value) {
        *is_locked = answer->is_locked && answer->passwords->len == 0;
        *why = value_explain(answer, browser, version->is_portal);
    }
    return value;
}
