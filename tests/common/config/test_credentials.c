#include "common/config/credentials.h"
#include "tests/common/fixtures.h"

#include <glib/gstdio.h>
#include <string.h>

#define CONFIG "config/config.json"
#define STORED "data/credentials.json"

/* The API key of "kimi"; the caller frees it. */
static char *find_api_key(const struct sandbox *sandbox, const char **origin, GError **error)
{
    autoptr(secret) secret =
        credentials_find(sandbox->paths, "kimi", CREDENTIAL_API_KEY, origin, error);

    return secret ? g_strdup(secret_peek(secret)) : NULL;
}

static void test_a_secret_has_no_quotes_around_it(void)
{
    static const struct {
        const char *text, *stripped;
    } cases[] = {
        {"sk-kimi", "sk-kimi"},
        {" \"sk-kimi\"\n", "sk-kimi"},
        {"'sk'kimi'", "sk'kimi"},
        {"\t\r\n sk kimi ", "sk kimi"},
        {"", NULL},
        {" \"' ", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        autoptr(secret) secret = credentials_strip(cases[i].text);
        g_assert_cmpstr(secret ? secret_peek(secret) : NULL, ==, cases[i].stripped);
    }
}

static void test_what_a_header_can_carry(void)
{
    static const char *const bad[] = {"ключ",     "sk kimi", "sk\tkimi",
                                      "sk\nkimi", "sk\x7f",  "sk\x01"};
    autoptr(secret) good = secret_new("sk-kimi-!~", -1);
    autoptr(secret) cut = secret_new("sk\0kimi", 7);

    g_assert_true(credentials_is_sendable(good));
    g_assert_false(credentials_is_sendable(cut));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        autoptr(secret) secret = secret_new(bad[i], -1);
        g_assert_false(credentials_is_sendable(secret));
    }
}

static void test_what_is_stored_is_found(struct sandbox *sandbox)
{
    autoptr(secret) secret = secret_new("sk-kimi-1", -1);
    g_autoptr(GError) error = NULL;
    const char *origin = NULL;
    bool changed = false;

    g_assert_null(find_api_key(sandbox, &origin, &error));
    g_assert_no_error(error);
    g_assert_true(
        credentials_store(sandbox->paths, "kimi", CREDENTIAL_API_KEY, secret, &changed, &error));
    g_assert_true(changed);
    g_autofree char *found = find_api_key(sandbox, &origin, &error);
    g_assert_cmpstr(found, ==, "sk-kimi-1");
    g_assert_cmpstr(origin, ==, sandbox->paths->credentials_file);
    g_assert_true(
        credentials_store(sandbox->paths, "kimi", CREDENTIAL_API_KEY, NULL, &changed, &error));
    g_assert_true(changed);
    g_assert_null(find_api_key(sandbox, NULL, &error));
    g_assert_true(
        credentials_store(sandbox->paths, "kimi", CREDENTIAL_API_KEY, NULL, &changed, &error));
    g_assert_false(changed);
}

static void test_the_configuration_counts_more(struct sandbox *sandbox)
{
    const char *origin = NULL;

    sandbox_write(sandbox, CONFIG, "{\"providers\":[{\"id\":\"kimi\",\"apiKey\":\" mine \"}]}");
    sandbox_write(sandbox, STORED, "{\"providers\":[{\"id\":\"kimi\",\"apiKey\":\"stored\"}]}");
    g_autofree char *found = find_api_key(sandbox, &origin, NULL);
    g_assert_cmpstr(found, ==, "mine");
    g_assert_cmpstr(origin, ==, sandbox->paths->config_file);
}

static void test_an_empty_one_does_not_count(struct sandbox *sandbox)
{
    sandbox_write(sandbox, CONFIG, "{\"providers\":[{\"id\":\"kimi\",\"apiKey\":\"\"}]}");
    sandbox_write(sandbox, STORED, "{\"providers\":[{\"id\":\"kimi\",\"apiKey\":\"stored\"}]}");
    g_autofree char *found = find_api_key(sandbox, NULL, NULL);
    g_assert_cmpstr(found, ==, "stored");
}

static void test_a_broken_file_does_not_hide_the_other(struct sandbox *sandbox)
{
    g_autoptr(GError) error = NULL;

    sandbox_write(sandbox, CONFIG, "{");
    sandbox_write(sandbox, STORED, "{\"providers\":[{\"id\":\"kimi\",\"apiKey\":\"stored\"}]}");
    g_autofree char *found = find_api_key(sandbox, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(found, ==, "stored");
}

static void test_a_broken_file_is_told_if_nothing_is_found(struct sandbox *sandbox)
{
    g_autoptr(GError) error = NULL;

    sandbox_write(sandbox, STORED, "{\"providers\":[{\"id\":\"kimi\",\"apiKey\":\"sk-secret\" x");
    g_assert_null(find_api_key(sandbox, NULL, &error));
    g_assert_nonnull(error);
    assert_contains(error->message, sandbox->paths->credentials_file);
    g_assert_null(strstr(error->message, "sk-secret"));
}

static void test_the_names_of_secrets(void)
{
    g_assert_true(credentials_is_secret_field("apiKey"));
    g_assert_true(credentials_is_secret_field("cookieHeader"));
    g_assert_true(credentials_is_secret_field("secretKey"));
    g_assert_false(credentials_is_secret_field("region"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/credentials/a-secret-has-no-quotes-around-it",
                    test_a_secret_has_no_quotes_around_it);
    g_test_add_func("/credentials/what-a-header-can-carry", test_what_a_header_can_carry);
    sandbox_add_test("/credentials/what-is-stored-is-found", test_what_is_stored_is_found);
    sandbox_add_test("/credentials/the-configuration-counts-more",
                     test_the_configuration_counts_more);
    sandbox_add_test("/credentials/an-empty-one-does-not-count", test_an_empty_one_does_not_count);
    sandbox_add_test("/credentials/a-broken-file-does-not-hide-the-other",
                     test_a_broken_file_does_not_hide_the_other);
    sandbox_add_test("/credentials/a-broken-file-is-told-if-nothing-is-found",
                     test_a_broken_file_is_told_if_nothing_is_found);
    g_test_add_func("/credentials/the-names-of-secrets", test_the_names_of_secrets);
    return g_test_run();
}
