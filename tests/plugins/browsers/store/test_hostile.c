/* Stores that are none, or that were made to do harm: an entry in the report, nothing worse. */
#include "tests/plugins/browsers/store_maker.h"

#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT  "home/.config/chromium/Default/Cookies"
#define FIREFOX  "home/.mozilla/firefox/a/cookies.sqlite"
#define PATIENCE (3 * G_TIME_SPAN_SECOND)

static void assert_unreadable(const struct sandbox *sandbox, const char *why)
{
    autoclear(seeker) seeker = {0};
    gint64 begin = g_get_monotonic_time();

    seeker_start(&seeker, sandbox);
    assert_only(&seeker, SESSION_UNREADABLE, why);
    g_assert_cmpint(g_get_monotonic_time() - begin, <, PATIENCE);
}

/* Makes the folder of the store, and gives the path of the store. */
static char *prepare_store(const struct sandbox *sandbox)
{
    char *path = sandbox_path(sandbox, DEFAULT);

    sandbox_write(sandbox, DEFAULT, "");
    g_assert_cmpint(unlink(path), ==, 0);
    return path;
}

static void test_fifo(struct sandbox *sandbox)
{
    g_autofree char *path = prepare_store(sandbox);

    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    assert_unreadable(sandbox, "not a regular file");
}

static void test_folder(struct sandbox *sandbox)
{
    g_autofree char *path = prepare_store(sandbox);

    g_assert_cmpint(mkdir(path, 0700), ==, 0);
    assert_unreadable(sandbox, "not a regular file");
}

static void test_loop(struct sandbox *sandbox)
{
    g_autofree char *path = prepare_store(sandbox);

    g_assert_cmpint(symlink("Cookies", path), ==, 0);
    assert_unreadable(sandbox, "symbolic links");
}

static void test_other_owner(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, DEFAULT);

    if (geteuid() != 0) {
        g_test_skip("only root can give files away");
        return;
    }
    make_chromium_with(sandbox, DEFAULT, &(struct cookie){.value = "token"});
    g_assert_cmpint(chown(path, 12345, 12345), ==, 0);
    assert_unreadable(sandbox, "another user");
}

static void test_no_right(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, DEFAULT);

    if (geteuid() == 0) {
        g_test_skip("root may read everything");
        return;
    }
    make_chromium_with(sandbox, DEFAULT, &(struct cookie){.value = "token"});
    g_assert_cmpint(chmod(path, 0), ==, 0);
    assert_unreadable(sandbox, "can't be opened");
}

static void test_huge(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, DEFAULT);

    make_chromium_with(sandbox, DEFAULT, &(struct cookie){.value = "token"});
    g_assert_cmpint(truncate(path, 65 * 1024 * 1024), ==, 0);
    assert_unreadable(sandbox, "larger than 64 MiB");
}

static void test_huge_log(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, FIREFOX "-wal");

    make_firefox_with(sandbox, FIREFOX, &(struct cookie){.value = "token"});
    sandbox_write(sandbox, FIREFOX "-wal", "");
    g_assert_cmpint(truncate(path, 65 * 1024 * 1024), ==, 0);
    assert_unreadable(sandbox, "larger than 64 MiB");
}

/* SQLite would delete the file that such a journal names, wherever it is. */
static void test_journal_that_names_a_file(struct sandbox *sandbox)
{
    static const char magic[] = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";
    g_autofree char *store = sandbox_path(sandbox, DEFAULT);
    g_autofree char *journal = g_strconcat(store, "-journal", NULL);
    g_autofree char *text = g_strconcat("what a browser never writes", magic, NULL);

    sandbox_write(sandbox, DEFAULT, "a database");
    g_assert_true(g_file_set_contents(journal, text, -1, NULL));
    assert_unreadable(sandbox, "its journal names another file");
}

static void test_no_database(struct sandbox *sandbox)
{
    sandbox_write(sandbox, DEFAULT, "This is no database, but a text that is long enough for one.");
    assert_unreadable(sandbox, "damaged");
}

static void test_empty(struct sandbox *sandbox)
{
    sandbox_write(sandbox, DEFAULT, "");
    assert_unreadable(sandbox, "another form");
}

static void test_other_schema(struct sandbox *sandbox)
{
    sqlite3 *store = make_firefox(sandbox, DEFAULT);

    sqlite3_close(store);
    settle(sandbox, DEFAULT);
    assert_unreadable(sandbox, "no such table: cookies");
}

static void test_other_columns(struct sandbox *sandbox)
{
    sqlite3 *store = make_chromium(sandbox, DEFAULT, 24);

    sqlite3_exec(store, "ALTER TABLE cookies RENAME COLUMN encrypted_value TO sealed", NULL, NULL,
                 NULL);
    sqlite3_close(store);
    assert_unreadable(sandbox, "encrypted_value");
}

/* Whatever the length, the cookie is found or the store is unreadable. */
static void test_cut_off(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, DEFAULT);
    g_autofree char *text = NULL;
    gsize length = 0;
    guint unreadable = 0;

    make_chromium_with(sandbox, DEFAULT, &(struct cookie){.value = "token", .seal = "v10"});
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    for (gsize cut = 0; cut < length; cut += 1021) {
        autoclear(seeker) seeker = {0};
        g_assert_true(g_file_set_contents(path, text, (gssize)cut, NULL));
        settle(sandbox, DEFAULT);
        seeker_start(&seeker, sandbox);
        const struct session *found = session_search_next(seeker.search);
        const struct session *session = session_search_all(seeker.search)->pdata[0];
        unreadable += session->outcome == SESSION_UNREADABLE;
        if (found) /* what is missing was not needed */
            g_assert_cmpstr(secret_peek(found->value), ==, "token");
    }
    g_assert_cmpuint(unreadable, >, 10);
}

/* A view that never ends replaces the table. */
static void test_endless_view(struct sandbox *sandbox)
{
    sqlite3 *store = make_chromium(sandbox, DEFAULT, 24);

    sqlite3_exec(store,
                 "DROP TABLE cookies; CREATE VIEW cookies AS"
                 " WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                 " SELECT 'www.kimi.com' AS host_key, CAST(x AS TEXT) AS name, '' AS value, '' AS "
                 "encrypted_value,"
                 " x AS expires_utc, x AS last_access_utc, x AS creation_utc FROM n",
                 NULL, NULL, NULL);
    sqlite3_close(store);
    assert_unreadable(sandbox, "too long");
}

static void test_many_rows_and_a_huge_value(struct sandbox *sandbox)
{
    sqlite3 *store = make_chromium(sandbox, DEFAULT, 24);
    g_autofree char *huge = g_strnfill(1024 * 1024, 'x');
    autoclear(seeker) seeker = {0};

    sqlite3_exec(store, "DROP INDEX cookies_unique_index", NULL, NULL, NULL);
    add_chromium(store, &(struct cookie){.value = huge, .used = NOW});
    for (int i = 0; i < 1000; i++)
        add_chromium(store, &(struct cookie){.value = "token", .used = NOW - MINUTE - i});
    sqlite3_close(store);
    settle(sandbox, DEFAULT);
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "token");
}

static void test_names_of_profiles(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};

    make_chromium_with(sandbox, "home/.config/chromium/\x1b[31m\xff\n\"'/Cookies",
                       &(struct cookie){.value = "token"});
    sandbox_write(sandbox, "home/.mozilla/firefox/profiles.ini", "[Profile0\nPath=\xff\n\n[[[");
    seeker_start(&seeker, sandbox);
    assert_only(&seeker, SESSION_FOUND, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/hostile/fifo", test_fifo);
    sandbox_add_test("/hostile/folder", test_folder);
    sandbox_add_test("/hostile/loop", test_loop);
    sandbox_add_test("/hostile/other-owner", test_other_owner);
    sandbox_add_test("/hostile/no-right", test_no_right);
    sandbox_add_test("/hostile/huge", test_huge);
    sandbox_add_test("/hostile/huge-log", test_huge_log);
    sandbox_add_test("/hostile/journal", test_journal_that_names_a_file);
    sandbox_add_test("/hostile/no-database", test_no_database);
    sandbox_add_test("/hostile/empty", test_empty);
    sandbox_add_test("/hostile/other-schema", test_other_schema);
    sandbox_add_test("/hostile/other-columns", test_other_columns);
    sandbox_add_test("/hostile/cut-off", test_cut_off);
    sandbox_add_test("/hostile/endless", test_endless_view);
    sandbox_add_test("/hostile/many", test_many_rows_and_a_huge_value);
    sandbox_add_test("/hostile/names", test_names_of_profiles);
    return g_test_run();
}
