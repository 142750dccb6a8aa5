#include "common/base/error.h"
#include "plugins/browsers/browser_list.h"
#include "tests/plugins/browsers/store_maker.h"

#include <stdio.h>

#define CHROME   "home/.config/google-chrome/Default/Cookies"
#define PROFILE  "home/.config/google-chrome/Profile 1/Cookies"
#define CHROMIUM "home/.config/chromium/Default/Cookies"
#define FIREFOX  "home/.mozilla/firefox/a/cookies.sqlite"

/* Chromium's was used last, then Firefox's, Chrome's second profile, its first. */
static void make_all(const struct sandbox *sandbox)
{
    make_chromium_with(sandbox, CHROME,
                       &(struct cookie){.value = "chrome", .used = NOW - 4 * MINUTE});
    make_chromium_with(sandbox, PROFILE,
                       &(struct cookie){.value = "profile", .used = NOW - 3 * MINUTE});
    make_firefox_with(sandbox, FIREFOX,
                      &(struct cookie){.value = "firefox", .used = NOW - 2 * MINUTE});
    make_chromium_with(sandbox, CHROMIUM,
                       &(struct cookie){.value = "chromium", .used = NOW - 1 * MINUTE});
}

static void assert_order(struct seeker *seeker, const struct sandbox *sandbox,
                         const char *const *values)
{
    seeker_start(seeker, sandbox);
    for (const char *const *value = values; *value; value++)
        assert_next(seeker, *value);
    assert_next(seeker, NULL);
    seeker_clear(seeker);
}

static void note_worked(struct seeker *seeker, const struct sandbox *sandbox, const char *label)
{
    seeker_start(seeker, sandbox);
    seeker_note_worked(seeker, label);
    seeker_clear(seeker);
}

#define VALUES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_last_used_first(struct sandbox *sandbox)
{
    struct seeker seeker = {0};

    make_all(sandbox);
    assert_order(&seeker, sandbox, VALUES("chromium", "firefox", "profile", "chrome"));
}

static void test_order_of_the_user(struct sandbox *sandbox)
{
    g_auto(GStrv) ids = browser_list_parse("chrome, firefox", NULL);
    struct seeker seeker = {.request.browsers = (const char *const *)ids};

    make_all(sandbox);
    assert_order(&seeker, sandbox, VALUES("profile", "chrome", "firefox"));
}

static void test_what_worked_is_first(struct sandbox *sandbox)
{
    struct seeker seeker = {0};

    make_all(sandbox);
    assert_order(&seeker, sandbox, VALUES("chromium", "firefox", "profile", "chrome"));
    note_worked(&seeker, sandbox, "Google Chrome, Profile 1: cookie of " HOST);
    assert_order(&seeker, sandbox, VALUES("profile", "chromium", "firefox", "chrome"));
    /* The user's own order comes first. */
    g_auto(GStrv) ids = browser_list_parse("firefox chrome", NULL);
    struct seeker ordered = {.request.browsers = (const char *const *)ids};
    assert_order(&ordered, sandbox, VALUES("firefox", "profile", "chrome"));
}

static void test_a_later_sign_in_wins(struct sandbox *sandbox)
{
    struct seeker seeker = {0};

    make_all(sandbox);
    assert_order(&seeker, sandbox, VALUES("chromium", "firefox", "profile", "chrome"));
    note_worked(&seeker, sandbox, "Google Chrome, Profile 1: cookie of " HOST);
    g_autofree char *path = sandbox_path(sandbox, FIREFOX);
    g_assert_cmpint(remove(path), ==, 0);
    make_firefox_with(
        sandbox, FIREFOX,
        &(struct cookie){.value = "again", .used = NOW + MINUTE, .created = NOW + MINUTE});
    struct seeker later = {.request.now = FIXTURE_NOW + 120};
    assert_order(&later, sandbox, VALUES("again", "chromium", "profile", "chrome"));
    /* The other worked: it is first again. */
    note_worked(&later, sandbox, "Google Chrome, Profile 1: cookie of " HOST);
    assert_order(&later, sandbox, VALUES("profile", "again", "chromium", "chrome"));
}

static void test_app_alone(struct sandbox *sandbox)
{
    static const struct browser app = {.id = "app", .name = "The app", .config_folder = "the-app"};
    struct seeker seeker = {.request.app = &app};

    make_all(sandbox);
    make_chromium_with(sandbox, "home/.config/the-app/Network/Cookies",
                       &(struct cookie){.value = "app"});
    assert_order(&seeker, sandbox, VALUES("app"));
}

static void test_no_browser(struct sandbox *sandbox)
{
    struct seeker seeker = {0};
    g_autofree char *path = sandbox_path(sandbox, "cache/kimi.browser.sessions.json");

    assert_order(&seeker, sandbox, VALUES(NULL));
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void test_names(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) ids = browser_list_parse(" firefox,chrome-beta  brave", &error);

    g_assert_no_error(error);
    g_assert_cmpuint(g_strv_length(ids), ==, 3);
    g_assert_cmpstr(ids[1], ==, "chrome-beta");
    g_auto(GStrv) none = browser_list_parse(" , ", &error);
    g_assert_no_error(error);
    g_assert_cmpuint(g_strv_length(none), ==, 0);
    g_assert_null(browser_list_parse("firefox netscape", &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
    assert_contains(error->message, "netscape");
    assert_contains(error->message, "librewolf");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/order/last-used", test_last_used_first);
    sandbox_add_test("/order/setting", test_order_of_the_user);
    sandbox_add_test("/order/worked", test_what_worked_is_first);
    sandbox_add_test("/order/sign-in", test_a_later_sign_in_wins);
    sandbox_add_test("/order/app", test_app_alone);
    sandbox_add_test("/order/nothing", test_no_browser);
    g_test_add_func("/order/names", test_names);
    return g_test_run();
}
