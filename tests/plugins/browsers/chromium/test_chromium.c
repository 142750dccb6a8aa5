#include "tests/plugins/browsers/fake_keyring.h"
#include "tests/plugins/browsers/store_maker.h"

#define DEFAULT "home/.config/chromium/Default/Cookies"
#define VALUE   "eyJhbGciOiJIUzUxMiJ9.eyJleHAiOjF9.c2lnbmF0dXJl"

/* Makes the only store there is, with only this cookie, and starts a search. */
static void start_with(struct seeker *seeker, const struct sandbox *sandbox,
                       const struct cookie *cookie)
{
    fake_keyring.asked = 0;
    make_chromium_with(sandbox, DEFAULT, cookie);
    seeker_start(seeker, sandbox);
}

static void assert_outcome(const struct sandbox *sandbox, const struct cookie *cookie,
                           enum session_outcome outcome, const char *why)
{
    autoclear(seeker) seeker = {0};

    start_with(&seeker, sandbox, cookie);
    assert_only(&seeker, outcome, why);
}

static void assert_value(const struct sandbox *sandbox, const struct cookie *cookie)
{
    autoclear(seeker) seeker = {0};

    start_with(&seeker, sandbox, cookie);
    assert_next(&seeker, cookie->value);
    assert_next(&seeker, NULL);
}

static void test_unencrypted(struct sandbox *sandbox)
{
    assert_value(sandbox, &(struct cookie){.value = VALUE});
}

static void test_v10(struct sandbox *sandbox)
{
    assert_value(sandbox, &(struct cookie){.value = VALUE, .seal = "v10"});
    g_assert_cmpuint(fake_keyring.asked, ==, 0);
}

static void test_v10_with_another_password(struct sandbox *sandbox)
{
    assert_outcome(sandbox, &(struct cookie){.value = VALUE, .seal = "v10", .password = "walnuts"},
                   SESSION_SEALED, "does not fit");
    g_assert_cmpuint(fake_keyring.asked, ==, 0);
}

static void test_empty_password(struct sandbox *sandbox)
{
    assert_value(sandbox, &(struct cookie){.value = VALUE, .seal = "v11", .password = ""});
    g_assert_cmpuint(fake_keyring.asked, ==, 0);
}

static void test_hash_of_another_host(struct sandbox *sandbox)
{
    assert_outcome(sandbox,
                   &(struct cookie){.value = VALUE, .seal = "v10", .hashed_host = "evil.example"},
                   SESSION_SEALED, "does not fit");
    assert_outcome(sandbox, &(struct cookie){.value = VALUE, .seal = "v10", .hashed_host = ""},
                   SESSION_SEALED, "does not fit");
}

static void test_old_version_has_no_hash(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    sqlite3 *store = make_chromium(sandbox, DEFAULT, 23);

    add_chromium(store, &(struct cookie){.value = VALUE, .seal = "v10", .hashed_host = ""});
    sqlite3_close(store);
    settle(sandbox, DEFAULT);
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, VALUE);
}

static const struct cookie in_keyring = {.value = VALUE, .seal = "v11", .password = "hunter2"};

static void test_v11(struct sandbox *sandbox)
{
    fake_keyring = (struct fake_keyring){.application = "chromium", .password = "hunter2"};
    assert_value(sandbox, &in_keyring);
    g_assert_cmpuint(fake_keyring.asked, ==, 1);
}

static void test_v11_in_kwallet(struct sandbox *sandbox)
{
    fake_keyring = (struct fake_keyring){.application = "Chromium", .password = "hunter2"};
    assert_value(sandbox, &in_keyring);
}

static void test_v11_wrong_password(struct sandbox *sandbox)
{
    fake_keyring = (struct fake_keyring){.application = "chromium", .password = "other"};
    assert_outcome(sandbox, &in_keyring, SESSION_SEALED, "does not fit");
}

static void test_v11_no_password(struct sandbox *sandbox)
{
    fake_keyring = (struct fake_keyring){.application = "brave", .password = "hunter2"};
    assert_outcome(sandbox, &in_keyring, SESSION_SEALED, "no keyring has the password of Chromium");
}

static void test_v11_locked(struct sandbox *sandbox)
{
    fake_keyring = (struct fake_keyring){.application = "chromium", .is_locked = true};
    assert_outcome(sandbox, &in_keyring, SESSION_LOCKED, "\"Login\" is locked");
    /* That it was locked is not remembered. */
    fake_keyring = (struct fake_keyring){.application = "chromium", .password = "hunter2"};
    autoclear(seeker) seeker = {0};
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, VALUE);
}

static void test_late_keyring_is_left_alone(struct sandbox *sandbox)
{
    fake_keyring = (struct fake_keyring){.application = "chromium", .timed_out = true};
    assert_outcome(sandbox, &in_keyring, SESSION_SEALED, "did not answer within 2 seconds");
    g_assert_cmpuint(fake_keyring.asked, ==, 1);
    assert_outcome(sandbox, &in_keyring, SESSION_SEALED, "did not answer a moment ago");
    g_assert_cmpuint(fake_keyring.asked, ==, 0);
    autoclear(seeker) seeker = {.request.now = FIXTURE_NOW + 61};
    fake_keyring = (struct fake_keyring){.application = "chromium", .password = "hunter2"};
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, VALUE);
}

static void test_v12(struct sandbox *sandbox)
{
    const struct cookie cookie = {.value = VALUE, .seal = "v12", .password = "portal secret"};

    fake_keyring = (struct fake_keyring){.app_id = "", .portal_secret = "portal secret"};
    assert_value(sandbox, &cookie);
    fake_keyring.app_id = "org.chromium.Chromium";
    assert_value(sandbox, &cookie);
    fake_keyring.portal_secret = "another";
    assert_outcome(sandbox, &cookie, SESSION_SEALED, "does not fit");
    fake_keyring.app_id = "com.brave.Browser";
    assert_outcome(sandbox, &cookie, SESSION_SEALED, "no keyring has the portal's secret");
}

static void test_unknown_version(struct sandbox *sandbox)
{
    assert_outcome(sandbox, &(struct cookie){.value = VALUE, .seal = "v77"}, SESSION_SEALED,
                   "not known");
}

static void test_expired(struct sandbox *sandbox)
{
    assert_outcome(sandbox, &(struct cookie){.value = VALUE, .expires = NOW - 1}, SESSION_EXPIRED,
                   NULL);
    assert_outcome(sandbox, &(struct cookie){.value = VALUE, .expires = NOW + G_USEC_PER_SEC},
                   SESSION_FOUND, NULL);
    assert_value(sandbox, &(struct cookie){.value = VALUE, .expires = -1}); /* none */
}

static void test_other_cookies_do_not_count(struct sandbox *sandbox)
{
    assert_outcome(sandbox, &(struct cookie){.name = "kimi-auth2", .value = VALUE}, SESSION_ABSENT,
                   NULL);
    assert_outcome(sandbox, &(struct cookie){.host = "kimi.com.evil.example", .value = VALUE},
                   SESSION_ABSENT, NULL);
    assert_outcome(sandbox, &(struct cookie){.value = ""}, SESSION_ABSENT, NULL);
}

static void test_the_host_used_last(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    sqlite3 *store = make_chromium(sandbox, DEFAULT, 24);

    add_chromium(store, &(struct cookie){.value = "old", .used = NOW - 2 * MINUTE});
    add_chromium(store, &(struct cookie){.value = "new", .host = ".kimi.com", .seal = "v10"});
    add_chromium(store,
                 &(struct cookie){
                     .value = "gone", .host = "kimi.com", .used = NOW, .expires = NOW - MINUTE});
    sqlite3_close(store);
    settle(sandbox, DEFAULT);
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "new");
    assert_next(&seeker, "old");
    assert_next(&seeker, NULL);
    g_assert_cmpuint(session_search_all(seeker.search)->len, ==, 3); /* with the expired one */
}

static void test_layouts(struct sandbox *sandbox)
{
    static const char *const places[] = {
        "home/.config/google-chrome/Default/Network/Cookies",
        "home/.config/google-chrome/Profile 1/Cookies",
        "home/.config/BraveSoftware/Brave-Browser/Default/Cookies",
        "home/.config/opera/Cookies",
        "home/.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser/Default/Cookies",
        "home/snap/chromium/common/chromium/Default/Network/Cookies",
        "home/.config/chromium/Partitions/kimi/Cookies",
    };
    autoclear(seeker) seeker = {0};
    guint found = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        make_chromium_with(sandbox, places[i], &(struct cookie){.value = VALUE, .seal = "v10"});
    seeker_start(&seeker, sandbox);
    while (session_search_next(seeker.search))
        found++;
    g_assert_cmpuint(found, ==, G_N_ELEMENTS(places));
    g_assert_cmpuint(session_search_all(seeker.search)->len, ==, G_N_ELEMENTS(places));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/chromium/unencrypted", test_unencrypted);
    sandbox_add_test("/chromium/v10", test_v10);
    sandbox_add_test("/chromium/v10-wrong", test_v10_with_another_password);
    sandbox_add_test("/chromium/empty-password", test_empty_password);
    sandbox_add_test("/chromium/host-hash", test_hash_of_another_host);
    sandbox_add_test("/chromium/old-version", test_old_version_has_no_hash);
    sandbox_add_test("/chromium/v11", test_v11);
    sandbox_add_test("/chromium/v11-kwallet", test_v11_in_kwallet);
    sandbox_add_test("/chromium/v11-wrong", test_v11_wrong_password);
    sandbox_add_test("/chromium/v11-missing", test_v11_no_password);
    sandbox_add_test("/chromium/v11-locked", test_v11_locked);
    sandbox_add_test("/chromium/v11-late", test_late_keyring_is_left_alone);
    sandbox_add_test("/chromium/v12", test_v12);
    sandbox_add_test("/chromium/unknown", test_unknown_version);
    sandbox_add_test("/chromium/expired", test_expired);
    sandbox_add_test("/chromium/others", test_other_cookies_do_not_count);
    sandbox_add_test("/chromium/hosts", test_the_host_used_last);
    sandbox_add_test("/chromium/layouts", test_layouts);
    return g_test_run();
}
