/* localStorage of Firefox's family: an SQLite database for each origin, values often compressed. */
#include "plugins/browsers/store/item_value.h"
#include "tests/plugins/browsers/store_maker.h"

#include <sys/stat.h>

#define PROFILE   "home/.mozilla/firefox/abc.default/"
#define ORIGINS   PROFILE "storage/default/"
#define WWW       ORIGINS "https+++www.kimi.com/ls/data.sqlite"
#define BARE      ORIGINS "https+++kimi.com/ls/data.sqlite"
#define CONTAINER ORIGINS "https+++www.kimi.com^userContextId=2/ls/data.sqlite"
#define PATIENCE  (3 * G_TIME_SPAN_SECOND)

/* A stored value, how it is stored, and its text; NULL: `why` it has none. */
struct item_form {
    int conversion, compression;
    const char *data;
    gsize length;
    const char *text;
    const char *why;
};

#define FORM(conversion, compression, literal, ...)                                                \
    {                                                                                              \
        conversion, compression, literal, sizeof(literal) - 1, __VA_ARGS__                         \
    }
#define OTHER_FORM NULL, "another form"

/* Raw Snappy (its format_description.txt): the length, then literals (0x2c: 12 bytes of text) and
 * copies (0x2e 0x0c: 12 bytes of what was 12 bytes ago). */
static const struct item_form forms[] = {
    FORM(1, 0, "token", "token"),
    FORM(1, 0, "t\xc3\xa9", "té"),
    FORM(0, 0, "t\0o\0\x2d\x4e", "to中"),
    FORM(1, 1, "\x18\x2chello hello \x2e\x0c\x00", "hello hello hello hello "),
    FORM(0, 1, "\x04\x0ct\0o\0", "to"),
    FORM(1, 0, "\xff\xfe", OTHER_FORM),
    FORM(0, 0, "t\0o", OTHER_FORM),
    FORM(2, 0, "token", OTHER_FORM),
    FORM(1, 2, "token", OTHER_FORM),
    FORM(1, -1, "token", OTHER_FORM),
    FORM(1, 1, "", OTHER_FORM),
    FORM(1, 1, "\x19\x2chello hello \x2e\x0c\x00", OTHER_FORM), /* a byte more than there is */
    FORM(1, 1, "\x18\x2chello hello \x2e\xff\x00", OTHER_FORM), /* from before its beginning */
    FORM(1, 1, "\x18\x2chello", OTHER_FORM),
    FORM(1, 1, "\xff\xff\xff\xff\xff\xff", OTHER_FORM),
    FORM(1, 1, "\xff\xff\xff\xff\x0f\x00", NULL, "larger than any session"), /* of 4 GiB */
    FORM(1, 1, "\x81\x80\x04\x00", NULL, "larger than any session"),         /* 64 KiB and a byte */
};

static void test_form(struct sandbox *sandbox, gconstpointer data)
{
    const struct item_form *form = data;
    autoclear(seeker) seeker = {0};
    sqlite3 *store = make_items(sandbox, WWW);

    add_item(store, ITEM, form->conversion, form->compression, form->data, form->length);
    sqlite3_close(store);
    settle(sandbox, WWW);
    seeker_start(&seeker, sandbox);
    if (snappy_missing && form->compression == 1)
        assert_only(&seeker, SESSION_UNREADABLE, "without Snappy");
    else if (form->text)
        assert_next(&seeker, form->text);
    else
        assert_only(&seeker, SESSION_UNREADABLE, form->why);
}

static void test_places(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    static const char *const labels[] = {
        "Firefox, abc.default: local storage of kimi.com",
        "Firefox, abc.default: local storage of www.kimi.com, container 2",
        "Firefox, abc.default: local storage of www.kimi.com",
    };
    const GPtrArray *all;

    make_items_with(sandbox, WWW, "first");
    make_items_with(sandbox, ORIGINS "https+++www.kimi.com.evil.example/ls/data.sqlite", "evil");
    make_items_with(sandbox, ORIGINS "http+++www.kimi.com/ls/data.sqlite", "not encrypted");
    make_items_with(sandbox, CONTAINER, "second"); /* each is newer than the one before */
    make_items_with(sandbox, BARE, "third");
    sandbox_write(sandbox, "home/.mozilla/firefox/profiles.ini", "[Profile0]\nPath=abc.default\n");
    seeker_start(&seeker, sandbox);
    all = session_search_all(seeker.search);
    g_assert_cmpuint(all->len, ==, G_N_ELEMENTS(labels));
    for (guint i = 0; i < all->len; i++)
        g_assert_cmpstr(((const struct session *)all->pdata[i])->label, ==, labels[i]);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    session_search_add_files(seeker.search, 100, files);
    g_assert_cmpuint(files->len, ==, 6);
    g_assert_true(g_str_has_suffix(files->pdata[0], "/https+++kimi.com/ls/data.sqlite"));
    assert_next(&seeker, "third");
    assert_next(&seeker, "second");
    assert_next(&seeker, "first");
    assert_next(&seeker, NULL);
}

static void test_other_items(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    sqlite3 *store = make_items(sandbox, WWW);

    add_item(store, "refresh_token", 1, 0, "never read", 10);
    sqlite3_close(store);
    settle(sandbox, WWW);
    seeker_start(&seeker, sandbox);
    assert_only(&seeker, SESSION_ABSENT, NULL);
}

static void test_running(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    sqlite3 *store = make_items(sandbox, WWW);

    sqlite3_exec(store, "PRAGMA journal_mode = wal", NULL, NULL, NULL);
    add_item(store, ITEM, 1, 0, "in the log", 10);
    settle(sandbox, WWW);
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "in the log");
    sqlite3_close(store);
}

/* SQL that changes the table, and a part of the reason why it can't be read; NULL: it can. */
static const struct {
    const char *name;
    const char *sql;
    const char *why;
} tables[] = {
    {"text", "UPDATE data SET value = CAST('token' AS TEXT), conversion_type = 1", NULL},
    {"number", "UPDATE data SET value = 7", "another form"},
    {"words", "UPDATE data SET conversion_type = 'one'", "another form"},
    {"blob", "UPDATE data SET compression_type = x'00'", "another form"},
    {"huge", "UPDATE data SET value = zeroblob(100000)", "larger than any session"},
    {"columns", "ALTER TABLE data RENAME COLUMN value TO worth", "no such column"},
    {"gone", "DROP TABLE data", "no such table"},
    {"endless",
     "DROP TABLE data; CREATE VIEW data AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1"
     " FROM n) SELECT 'key' || x AS key, 0 AS conversion_type, 0 AS compression_type, '' AS value"
     " FROM n",
     "too long"},
};

static void test_table(struct sandbox *sandbox, gconstpointer data)
{
    const gsize i = GPOINTER_TO_SIZE(data);
    autoclear(seeker) seeker = {0};
    sqlite3 *store = make_items(sandbox, WWW);
    gint64 begin = g_get_monotonic_time();

    add_item(store, ITEM, 1, 0, "token", 5);
    g_assert_cmpint(sqlite3_exec(store, tables[i].sql, NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close(store);
    settle(sandbox, WWW);
    seeker_start(&seeker, sandbox);
    assert_only(&seeker, tables[i].why ? SESSION_UNREADABLE : SESSION_FOUND, tables[i].why);
    g_assert_cmpint(g_get_monotonic_time() - begin, <, PATIENCE);
}

static void test_fifo(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, WWW);
    autoclear(seeker) seeker = {0};

    sandbox_write(sandbox, ORIGINS "https+++www.kimi.com/ls/usage", "");
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    seeker_start(&seeker, sandbox);
    assert_only(&seeker, SESSION_UNREADABLE, "not a regular file");
}

static void test_refused_is_remembered(struct sandbox *sandbox)
{
    struct seeker seeker = {0};

    make_items_with(sandbox, WWW, "token");
    seeker_start(&seeker, sandbox);
    session_set(session_search_next(seeker.search), SESSION_REFUSED, NULL);
    seeker_clear(&seeker);
    seeker_start(&seeker, sandbox);
    assert_only(&seeker, SESSION_REFUSED, NULL);
    seeker_clear(&seeker);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *name = g_strdup_printf("/items/form/%" G_GSIZE_FORMAT, i);
        sandbox_add_data_test(name, &forms[i], test_form);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *name = g_strconcat("/items/table/", tables[i].name, NULL);
        sandbox_add_data_test(name, GSIZE_TO_POINTER(i), test_table);
    }
    sandbox_add_test("/items/places", test_places);
    sandbox_add_test("/items/others", test_other_items);
    sandbox_add_test("/items/running", test_running);
    sandbox_add_test("/items/fifo", test_fifo);
    sandbox_add_test("/items/refused", test_refused_is_remembered);
    return g_test_run();
}
