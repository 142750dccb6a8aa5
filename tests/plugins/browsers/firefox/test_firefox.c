#include "tests/plugins/browsers/store_maker.h"

#include <stdio.h>
#include <string.h>

#define FIREFOX "home/.mozilla/firefox/"
#define STORE   FIREFOX "abc.default/cookies.sqlite"

static void test_expiry(struct sandbox *sandbox, gconstpointer data)
{
    const int unit = GPOINTER_TO_INT(data);

    for (int late = 0; late < 2; late++) {
        autoclear(seeker) seeker = {0};
        sqlite3 *store = make_firefox(sandbox, STORE);

        add_firefox(store,
                    &(struct cookie){.value = "token",
                                     .expires = NOW + (late ? -G_USEC_PER_SEC : G_USEC_PER_SEC)},
                    unit);
        sqlite3_close(store);
        settle(sandbox, STORE);
        seeker_start(&seeker, sandbox);
        assert_only(&seeker, late ? SESSION_EXPIRED : SESSION_FOUND, NULL);
        seeker_clear(&seeker);
        g_autofree char *path = sandbox_path(sandbox, STORE);
        g_assert_cmpint(remove(path), ==, 0);
    }
}

static void test_cookie_in_the_log(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    sqlite3 *store = make_firefox(sandbox, STORE);
    g_autofree char *path = sandbox_path(sandbox, STORE "-wal");

    add_firefox(store, &(struct cookie){.value = "in the log"}, 1000);
    g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    settle(sandbox, STORE);
    seeker_start(&seeker, sandbox); /* while the browser has it open */
    assert_next(&seeker, "in the log");
    sqlite3_close(store);
}

static void test_containers(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    sqlite3 *store = make_firefox(sandbox, STORE);

    add_firefox(store, &(struct cookie){.value = "old", .used = NOW - 2 * MINUTE}, 1000);
    sqlite3_exec(store, "UPDATE moz_cookies SET originAttributes = '^userContextId=1'", NULL, NULL,
                 NULL);
    add_firefox(store, &(struct cookie){.value = "new"}, 1000);
    sqlite3_close(store);
    settle(sandbox, STORE);
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "new");
    assert_next(&seeker, "old"); /* each is a session of its own */
    assert_next(&seeker, NULL);
    const GPtrArray *all = session_search_all(seeker.search);
    g_assert_cmpstr(((const struct session *)all->pdata[0])->label, ==,
                    "Firefox, abc.default: cookie of " HOST);
    g_assert_cmpstr(((const struct session *)all->pdata[1])->label, ==,
                    "Firefox, abc.default: cookie of " HOST ", container 1");
}

static void test_profiles_of_the_ini(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    g_autofree char *elsewhere = sandbox_path(sandbox, "elsewhere/work");
    g_autofree char *ini = g_strdup_printf("[Install4F96]\nDefault=deep/in/here\n"
                                           "[Profile0]\nName=a\nIsRelative=1\nPath=deep/in/here\n"
                                           "[Profile1]\nName=b\nIsRelative=0\nPath=%s\n"
                                           "[Profile2]\nPath=gone\n",
                                           elsewhere);

    sandbox_write(sandbox, FIREFOX "profiles.ini", ini);
    make_firefox_with(sandbox, FIREFOX "deep/in/here/cookies.sqlite",
                      &(struct cookie){.value = "deep"});
    make_firefox_with(sandbox, "elsewhere/work/cookies.sqlite",
                      &(struct cookie){.value = "work", .used = NOW - 2 * MINUTE});
    make_firefox_with(sandbox, FIREFOX "unlisted/cookies.sqlite",
                      &(struct cookie){.value = "unlisted", .used = NOW - 3 * MINUTE});
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "deep");
    assert_next(&seeker, "work");
    assert_next(&seeker, "unlisted");
    assert_next(&seeker, NULL);
}

static void test_places(struct sandbox *sandbox)
{
    static const char *const places[] = {
        "home/.config/mozilla/firefox/a/cookies.sqlite",
        "home/.var/app/org.mozilla.firefox/.mozilla/firefox/b/cookies.sqlite",
        "home/snap/firefox/common/.mozilla/firefox/c/cookies.sqlite",
        "home/.librewolf/d/cookies.sqlite",
        "home/.floorp/e/cookies.sqlite",
        "home/.waterfox/f/cookies.sqlite",
        "home/.zen/g/cookies.sqlite",
        "home/.var/app/app.zen_browser.zen/.zen/h/cookies.sqlite",
    };
    autoclear(seeker) seeker = {0};
    const GPtrArray *sessions;

    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        make_firefox_with(sandbox, places[i], &(struct cookie){.value = "token"});
    seeker_start(&seeker, sandbox);
    sessions = session_search_all(seeker.search);
    g_assert_cmpuint(sessions->len, ==, G_N_ELEMENTS(places));
    for (guint i = 0; i < sessions->len; i++) {
        const struct session *session = sessions->pdata[i];
        g_assert_cmpint(session->outcome, ==, SESSION_FOUND);
        if (strstr(session->store->path, "/.var/"))
            assert_contains(session->label, "(Flatpak)");
        if (strstr(session->store->path, "/snap/"))
            assert_contains(session->label, "(Snap)");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_data_test("/firefox/expiry-in-seconds", GINT_TO_POINTER(1), test_expiry);
    sandbox_add_data_test("/firefox/expiry-in-milliseconds", GINT_TO_POINTER(1000), test_expiry);
    sandbox_add_test("/firefox/log", test_cookie_in_the_log);
    sandbox_add_test("/firefox/containers", test_containers);
    sandbox_add_test("/firefox/ini", test_profiles_of_the_ini);
    sandbox_add_test("/firefox/places", test_places);
    return g_test_run();
}
