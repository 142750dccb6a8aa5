#include "tests/plugins/browsers/store_maker.h"

#include "plugins/browsers/chromium/cipher.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>

#define EPOCH (G_GINT64_CONSTANT(11644473600) * G_USEC_PER_SEC)

static void run_sql(sqlite3 *store, const char *sql)
{
    char *error = NULL;

    if (sqlite3_exec(store, sql, NULL, NULL, &error) != SQLITE_OK)
        g_error("%s: %s", sql, error);
}

static sqlite3 *make_store(const struct sandbox *sandbox, const char *relative)
{
    g_autofree char *path = sandbox_path(sandbox, relative);
    sqlite3 *store = NULL;

    sandbox_write(sandbox, relative, "");
    g_assert_cmpint(sqlite3_open(path, &store), ==, SQLITE_OK);
    return store;
}

sqlite3 *make_chromium(const struct sandbox *sandbox, const char *relative, int version)
{
    sqlite3 *store = make_store(sandbox, relative);
    g_autofree char *meta = g_strdup_printf("INSERT INTO meta VALUES ('version', '%d')", version);

    run_sql(store, "CREATE TABLE meta (key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY,"
                   " value LONGVARCHAR)");
    run_sql(store, meta);
    run_sql(store, "CREATE TABLE cookies (creation_utc INTEGER NOT NULL, host_key TEXT NOT NULL,"
                   " top_frame_site_key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
                   " encrypted_value BLOB NOT NULL, path TEXT NOT NULL, expires_utc INTEGER NOT"
                   " NULL, last_access_utc INTEGER NOT NULL, source_scheme INTEGER NOT NULL,"
                   " source_port INTEGER NOT NULL, has_cross_site_ancestor INTEGER NOT NULL)");
    run_sql(store, "CREATE UNIQUE INDEX cookies_unique_index ON cookies (host_key,"
                   " top_frame_site_key, has_cross_site_ancestor, name, path, source_scheme,"
                   " source_port)");
    return store;
}

sqlite3 *make_firefox(const struct sandbox *sandbox, const char *relative)
{
    sqlite3 *store = make_store(sandbox, relative);

    run_sql(store, "PRAGMA journal_mode = wal");
    run_sql(store, "CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT"
                   " NULL DEFAULT '', name TEXT, value TEXT, host TEXT, path TEXT, expiry"
                   " INTEGER, lastAccessed INTEGER, creationTime INTEGER, CONSTRAINT moz_uniqueid"
                   " UNIQUE (name, host, path, originAttributes))");
    return store;
}

static const char *cookie_host(const struct cookie *cookie)
{
    return cookie->host ? cookie->host : HOST;
}

static void append_hash(GByteArray *plain, const char *host)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 hash[32];
    gsize size = sizeof hash;

    g_checksum_update(checksum, (const guchar *)host, -1);
    g_checksum_get_digest(checksum, hash, &size);
    g_byte_array_append(plain, hash, sizeof hash);
}

/* As "v10" and "v11" do. */
static void append_cbc(GByteArray *sealed, const GByteArray *plain, const char *password)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    guint8 key[16], out[4096];
    int first = 0, rest = 0;

    PKCS5_PBKDF2_HMAC(password, (int)strlen(password), (const guint8 *)"saltysalt", 9, 1,
                      EVP_sha1(), 16, key);
    EVP_EncryptInit_ex(context, EVP_aes_128_cbc(), NULL, key, (const guint8 *)"                ");
    EVP_EncryptUpdate(context, out, &first, plain->data, (int)plain->len);
    EVP_EncryptFinal_ex(context, out + first, &rest);
    EVP_CIPHER_CTX_free(context);
    g_byte_array_append(sealed, out, (guint)(first + rest));
}

/* As "v12" does. */
static void append_gcm(GByteArray *sealed, const GByteArray *plain, const char *secret)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    guint8 key[32], out[4096], tag[16];
    int length = 0, rest = 0;

    cipher_derive_hkdf(secret, strlen(secret), "fdo_portal_secret_salt", "HKDF-SHA-256 AES-256-GCM",
                       key);
    EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, (const guint8 *)"0123456789ab");
    EVP_EncryptUpdate(context, out, &length, plain->data, (int)plain->len);
    EVP_EncryptFinal_ex(context, out + length, &rest);
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, sizeof tag, tag);
    EVP_CIPHER_CTX_free(context);
    g_byte_array_append(sealed, (const guint8 *)"0123456789ab", 12);
    g_byte_array_append(sealed, out, (guint)length);
    g_byte_array_append(sealed, tag, sizeof tag);
}

static GByteArray *seal_value(const struct cookie *cookie)
{
    const char *host = cookie->hashed_host ? cookie->hashed_host : cookie_host(cookie);
    g_autoptr(GByteArray) plain = g_byte_array_new();
    GByteArray *sealed = g_byte_array_new();

    if (!cookie->seal)
        return sealed;
    if (host[0] != '\0')
        append_hash(plain, host);
    g_byte_array_append(plain, (const guint8 *)cookie->value, (guint)strlen(cookie->value));
    g_byte_array_append(sealed, (const guint8 *)cookie->seal, 3);
    (strcmp(cookie->seal, "v12") == 0 ? append_gcm : append_cbc)(
        sealed, plain, cookie->password ? cookie->password : "peanuts");
    return sealed;
}

static gint64 time_or(gint64 time, gint64 fallback)
{
    return time != 0 ? time : fallback;
}

void add_chromium(sqlite3 *store, const struct cookie *cookie)
{
    static const char sql[] =
        "INSERT INTO cookies VALUES (?, ?, '', ?, ?, ?, '/', ?, ?, 2, 443, 0)";
    g_autoptr(GByteArray) sealed = seal_value(cookie);
    gint64 expires = time_or(cookie->expires, NOW + G_TIME_SPAN_DAY);
    sqlite3_stmt *statement = NULL;

    g_assert_cmpint(sqlite3_prepare_v2(store, sql, -1, &statement, NULL), ==, SQLITE_OK);
    sqlite3_bind_int64(statement, 1, time_or(cookie->created, NOW - G_TIME_SPAN_HOUR) + EPOCH);
    sqlite3_bind_text(statement, 2, cookie_host(cookie), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, cookie->name ? cookie->name : COOKIE, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, cookie->seal ? "" : cookie->value, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 5, sealed->len > 0 ? sealed->data : (const guint8 *)"",
                      (int)sealed->len, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 6, expires < 0 ? 0 : expires + EPOCH);
    sqlite3_bind_int64(statement, 7, time_or(cookie->used, NOW - MINUTE) + EPOCH);
    g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_DONE);
    sqlite3_finalize(statement);
}

void add_firefox(sqlite3 *store, const struct cookie *cookie, int unit)
{
    static const char sql[] = "INSERT INTO moz_cookies (name, value, host, path, expiry,"
                              " lastAccessed, creationTime) VALUES (?, ?, ?, '/', ?, ?, ?)";
    sqlite3_stmt *statement = NULL;

    g_assert_cmpint(sqlite3_prepare_v2(store, sql, -1, &statement, NULL), ==, SQLITE_OK);
    sqlite3_bind_text(statement, 1, cookie->name ? cookie->name : COOKIE, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, cookie->value, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, cookie_host(cookie), -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4,
                       time_or(cookie->expires, NOW + G_TIME_SPAN_DAY) / G_USEC_PER_SEC * unit);
    sqlite3_bind_int64(statement, 5, time_or(cookie->used, NOW - MINUTE));
    sqlite3_bind_int64(statement, 6, time_or(cookie->created, NOW - G_TIME_SPAN_HOUR));
    g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_DONE);
    sqlite3_finalize(statement);
}

void make_chromium_with(const struct sandbox *sandbox, const char *relative,
                        const struct cookie *cookie)
{
    sqlite3 *store = make_chromium(sandbox, relative, 24);

    add_chromium(store, cookie);
    sqlite3_close(store);
    settle(sandbox, relative);
}

void make_firefox_with(const struct sandbox *sandbox, const char *relative,
                       const struct cookie *cookie)
{
    sqlite3 *store = make_firefox(sandbox, relative);

    add_firefox(store, cookie, 1000);
    sqlite3_close(store);
    settle(sandbox, relative);
}

sqlite3 *make_items(const struct sandbox *sandbox, const char *relative)
{
    sqlite3 *store = make_store(sandbox, relative);

    run_sql(store, "CREATE TABLE data (key TEXT PRIMARY KEY, utf16_length INTEGER NOT NULL,"
                   " conversion_type INTEGER NOT NULL, compression_type INTEGER NOT NULL,"
                   " last_access_time INTEGER NOT NULL DEFAULT 0, value BLOB NOT NULL)");
    return store;
}

void add_item(sqlite3 *store, const char *key, int conversion, int compression, const void *data,
              gsize length)
{
    static const char sql[] = "INSERT INTO data VALUES (?, 0, ?, ?, 0, ?)";
    sqlite3_stmt *statement = NULL;

    g_assert_cmpint(sqlite3_prepare_v2(store, sql, -1, &statement, NULL), ==, SQLITE_OK);
    sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, conversion);
    sqlite3_bind_int(statement, 3, compression);
    sqlite3_bind_blob(statement, 4, data, (int)length, SQLITE_STATIC);
    g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_DONE);
    sqlite3_finalize(statement);
}

void make_items_with(const struct sandbox *sandbox, const char *relative, const char *value)
{
    sqlite3 *store = make_items(sandbox, relative);

    add_item(store, ITEM, 1, 0, value, strlen(value));
    sqlite3_close(store);
    settle(sandbox, relative);
}

void settle_folder(const struct sandbox *sandbox, const char *relative)
{
    g_autofree char *path = sandbox_path(sandbox, relative);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    g_assert_nonnull(dir);
    while ((name = g_dir_read_name(dir))) {
        g_autofree char *file = g_build_filename(relative, name, NULL);
        settle(sandbox, file);
    }
}

void settle(const struct sandbox *sandbox, const char *relative)
{
    static const char *const suffixes[] = {"", "-wal"};
    static long moment; /* a later one each time */
    const struct timespec time = {.tv_sec = FIXTURE_NOW, .tv_nsec = 1000 * ++moment};
    const struct timespec times[] = {time, time};

    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        g_autofree char *path = sandbox_path(sandbox, relative);
        g_autofree char *file = g_strconcat(path, suffixes[i], NULL);
        utimensat(AT_FDCWD, file, times, 0); /* the log may be missing */
    }
}

void seeker_start(struct seeker *seeker, const struct sandbox *sandbox)
{
    static const char *const hosts[] = {HOST, ".www.kimi.com", "kimi.com", ".kimi.com", NULL};
    static const char *const origins[] = {ORIGIN, "https://kimi.com", NULL};
    g_autofree char *runtime = sandbox_path(sandbox, "run");

    g_assert_cmpint(g_mkdir_with_parents(runtime, 0700), ==, 0);
    seeker->environment = g_environ_setenv(NULL, "XDG_RUNTIME_DIR", runtime, TRUE);
    if (!seeker->request.query.cookie)
        seeker->request.query = (struct session_query){COOKIE, hosts, ITEM, origins};
    seeker->request.memory = "kimi.browser";
    seeker->request.paths = sandbox->paths;
    seeker->request.environment = seeker->environment;
    if (seeker->request.now == 0)
        seeker->request.now = FIXTURE_NOW;
    seeker->search = session_search_new(&seeker->request);
}

void seeker_clear(struct seeker *seeker)
{
    session_search_free(seeker->search);
    g_strfreev(seeker->environment);
    seeker->search = NULL;
    seeker->environment = NULL;
}

void seeker_note_worked(struct seeker *seeker, const char *label)
{
    const GPtrArray *all = session_search_all(seeker->search);

    for (guint i = 0; i < all->len; i++) {
        const struct session *session = all->pdata[i];
        if (strcmp(session->label, label) == 0) {
            session_search_note_worked(seeker->search, session);
            return;
        }
    }
    g_error("nothing is labelled \"%s\"", label);
}

void assert_next(struct seeker *seeker, const char *value)
{
    const struct session *session = session_search_next(seeker->search);

    g_assert_cmpstr(session ? secret_peek(session->value) : NULL, ==, value);
}

void assert_only(struct seeker *seeker, enum session_outcome outcome, const char *why)
{
    const GPtrArray *sessions = session_search_all(seeker->search);
    const struct session *session;

    while (session_search_next(seeker->search))
        ;
    g_assert_cmpuint(sessions->len, ==, 1);
    session = sessions->pdata[0];
    g_assert_cmpstr(session_outcome_name(session->outcome), ==, session_outcome_name(outcome));
    if (why) {
        g_assert_nonnull(session->why);
        assert_contains(session->why, why);
    }
}
