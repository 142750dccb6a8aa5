#include "tests/plugins/browsers/store_maker.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define WITH    "home/.config/chromium/Default/Cookies"
#define WITHOUT "home/.config/chromium/Profile 1/Cookies"
#define QUERY                                                                                      \
    "kimi-auth www.kimi.com .www.kimi.com kimi.com .kimi.com; access_token https://www.kimi.com "  \
    "https://kimi.com"
#define MEMORY "cache/kimi.browser.sessions.json"

static void make_both(const struct sandbox *sandbox)
{
    make_chromium_with(sandbox, WITH, &(struct cookie){.value = "first value", .seal = "v10"});
    make_chromium_with(sandbox, WITHOUT, &(struct cookie){.name = "other", .value = "x"});
}

/* How many stores are remembered in a new search, whose first cookie has this value. */
static guint count_remembered(const struct sandbox *sandbox, gint64 now, const char *value)
{
    autoclear(seeker) seeker = {.request.now = now};
    const GPtrArray *sessions;
    guint count = 0;

    seeker_start(&seeker, sandbox);
    sessions = session_search_all(seeker.search);
    for (guint i = 0; i < sessions->len; i++)
        count += ((const struct session *)sessions->pdata[i])->is_remembered;
    assert_next(&seeker, value);
    return count;
}

static void test_unchanged_stores(struct sandbox *sandbox)
{
    make_both(sandbox);
    g_assert_cmpuint(count_remembered(sandbox, FIXTURE_NOW, "first value"), ==, 0);
    g_assert_cmpuint(count_remembered(sandbox, FIXTURE_NOW, "first value"), ==, 2);
}

/* The store is really not read: nobody notices that it can no longer be. */
static void test_unchanged_store_is_not_opened(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, WITHOUT);
    g_autofree char *text = NULL;
    struct timespec times[2];
    struct stat status;
    gsize length = 0;

    make_both(sandbox);
    count_remembered(sandbox, FIXTURE_NOW, "first value");
    g_assert_cmpint(stat(path, &status), ==, 0);
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    memset(text, 'x', length);
    FILE *file = fopen(path, "r+"); /* the same file, size and time, but rubbish */
    g_assert_cmpuint(fwrite(text, 1, length, file), ==, length);
    fclose(file);
    times[0] = status.st_atim;
    times[1] = status.st_mtim;
    g_assert_cmpint(utimensat(AT_FDCWD, path, times, 0), ==, 0);
    g_assert_cmpuint(count_remembered(sandbox, FIXTURE_NOW, "first value"), ==, 2);
    settle(sandbox, WITHOUT);
    g_assert_cmpuint(count_remembered(sandbox, FIXTURE_NOW, "first value"), ==, 1);
}

static void test_changed_store(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, WITH);
    sqlite3 *store = NULL;

    make_both(sandbox);
    count_remembered(sandbox, FIXTURE_NOW, "first value");
    g_assert_cmpint(sqlite3_open(path, &store), ==, SQLITE_OK);
    sqlite3_exec(store, "DELETE FROM cookies", NULL, NULL, NULL);
    add_chromium(store, &(struct cookie){.value = "second value", .seal = "v10"});
    sqlite3_close(store);
    settle(sandbox, WITH);
    g_assert_cmpuint(count_remembered(sandbox, FIXTURE_NOW, "second value"), ==, 1);
}

static void test_cookie_that_expired_meanwhile(struct sandbox *sandbox)
{
    make_both(sandbox);
    count_remembered(sandbox, FIXTURE_NOW, "first value");
    g_assert_cmpuint(count_remembered(sandbox, FIXTURE_NOW + 2 * 86400, NULL), ==, 2);
}

static void test_other_cookie(struct sandbox *sandbox)
{
    static const char *const hosts[] = {HOST, NULL};
    autoclear(seeker) seeker = {.request.query = {"other", hosts, ITEM, hosts + 1}};

    make_both(sandbox);
    count_remembered(sandbox, FIXTURE_NOW, "first value");
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "x");
}

static void test_file(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, MEMORY);
    g_autofree char *text = NULL;
    struct stat status;

    make_both(sandbox);
    count_remembered(sandbox, FIXTURE_NOW, "first value");
    g_assert_cmpint(stat(path, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 0777, ==, 0600);
    text = sandbox_read(sandbox, MEMORY);
    g_assert_null(strstr(text, "first value"));
    assert_contains(text, "Profile 1");
}

static void test_broken_file(struct sandbox *sandbox)
{
    static const char *const texts[] = {"", "{", "[]", "{\"schema\":1,\"query\":7,\"stores\":{}}",
                                        "{\"schema\":2,\"query\":\"" QUERY "\","
                                        "\"stores\":[7,{\"path\":7},{\"path\":\"x\",\"stamp\":[]},{"
                                        "\"sessions\":[7,{}]}],\"worked\":{}}"};

    make_both(sandbox);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        sandbox_write(sandbox, MEMORY, texts[i]);
        g_assert_cmpuint(count_remembered(sandbox, FIXTURE_NOW, "first value"), ==, 0);
    }
}

/* Noting what worked does not forget the stores. */
static void test_noting(struct sandbox *sandbox)
{
    struct seeker seeker = {0};
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    make_both(sandbox);
    seeker_start(&seeker, sandbox);
    seeker_note_worked(&seeker, "Chromium, Default: cookie of " HOST);
    seeker_clear(&seeker);
    before = sandbox_read(sandbox, MEMORY);
    assert_contains(before, "\"worked\":\"Chromium, Default: cookie of " HOST "\"");
    seeker.request.now += 60;
    seeker_start(&seeker, sandbox);
    seeker_note_worked(&seeker, "Chromium, Default: cookie of " HOST);
    seeker_clear(&seeker);
    after = sandbox_read(sandbox, MEMORY);
    g_assert_cmpstr(before, ==, after);
    g_assert_cmpuint(count_remembered(sandbox, FIXTURE_NOW, "first value"), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/memory/unchanged", test_unchanged_stores);
    sandbox_add_test("/memory/not-opened", test_unchanged_store_is_not_opened);
    sandbox_add_test("/memory/changed", test_changed_store);
    sandbox_add_test("/memory/expired", test_cookie_that_expired_meanwhile);
    sandbox_add_test("/memory/other-cookie", test_other_cookie);
    sandbox_add_test("/memory/file", test_file);
    sandbox_add_test("/memory/broken", test_broken_file);
    sandbox_add_test("/memory/noting", test_noting);
    return g_test_run();
}
