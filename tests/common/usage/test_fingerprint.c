#include "common/usage/fingerprint.h"
#include "tests/common/fixtures.h"

#include <string.h>

static void assert_changes(const struct sandbox *sandbox, const char *before, bool expected)
{
    g_autofree char *whole = before ? fingerprint_with_files(before, NULL) : NULL;
    char *const tried[] = {whole, NULL};

    g_assert_true(fingerprint_is_new(sandbox->paths, "kimi", NULL, tried) == expected);
}

static void test_stay_the_same(struct sandbox *sandbox)
{
    g_autofree char *before = fingerprint_new(sandbox->paths, "kimi");

    assert_changes(sandbox, before, false);
    g_setenv("UNRELATED", "1", TRUE);
    assert_changes(sandbox, before, false);
    g_unsetenv("UNRELATED");
}

static void test_a_file_is_one(struct sandbox *sandbox)
{
    static const char *const files[] = {"config/config.json", "data/credentials.json"};

    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *before = fingerprint_new(sandbox->paths, "kimi");

        sandbox_write(sandbox, files[i], "{}");
        assert_changes(sandbox, before, true);
        g_autofree char *written = fingerprint_new(sandbox->paths, "kimi");
        sandbox_write(sandbox, files[i], "{ }");
        assert_changes(sandbox, written, true);
    }
}

static void test_the_provider_itself_is_one(struct sandbox *sandbox)
{
    g_autofree char *before = fingerprint_new(sandbox->paths, "kimi");

    sandbox_add_provider(sandbox, "kimi", "exit 0");
    assert_changes(sandbox, before, true);
}

static void test_a_file_that_the_provider_named_is_one(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "theirs/token.json");
    char *const watch[] = {path, NULL};
    g_autofree char *fingerprint = fingerprint_new(sandbox->paths, "kimi");
    g_autofree char *before = fingerprint_with_files(fingerprint, watch);
    char *const tried[] = {before, NULL};

    g_assert_false(fingerprint_is_new(sandbox->paths, "kimi", watch, tried));
    sandbox_write(sandbox, "theirs/token.json", "{}");
    g_assert_true(fingerprint_is_new(sandbox->paths, "kimi", watch, tried));
}

static void test_each_of_several_that_were_tried_counts(struct sandbox *sandbox)
{
    g_autofree char *one = fingerprint_new(sandbox->paths, "kimi");
    g_setenv("KIMI_X", "1", TRUE);
    g_autofree char *other = fingerprint_new(sandbox->paths, "kimi");
    g_autofree char *one_tried = fingerprint_with_files(one, NULL);
    g_autofree char *other_tried = fingerprint_with_files(other, NULL);
    char *const tried[] = {one_tried, other_tried, NULL};

    g_assert_false(fingerprint_is_new(sandbox->paths, "kimi", NULL, tried));
    g_setenv("KIMI_X", "2", TRUE);
    g_assert_true(fingerprint_is_new(sandbox->paths, "kimi", NULL, tried));
    g_unsetenv("KIMI_X");
    g_assert_false(fingerprint_is_new(sandbox->paths, "kimi", NULL, tried));
}

static void test_a_variable_of_the_provider_is_one(struct sandbox *sandbox)
{
    static const char *const names[] = {"KIMI_CODE_API_KEY", "kimi_token", "USAGELINE_CA_FILE"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *before = fingerprint_new(sandbox->paths, "kimi");

        g_setenv(names[i], "one", TRUE);
        assert_changes(sandbox, before, true);
        g_autofree char *one = fingerprint_new(sandbox->paths, "kimi");
        g_setenv(names[i], "two", TRUE);
        assert_changes(sandbox, one, true);
        g_unsetenv(names[i]);
        assert_changes(sandbox, before, false);
    }
}

static void test_what_is_no_fingerprint_differs(struct sandbox *sandbox)
{
    assert_changes(sandbox, NULL, true);
    assert_changes(sandbox, "", true);
    assert_changes(sandbox, "nonsense", true);
    assert_changes(sandbox, "salt:nonsense", true);
}

static void test_tells_nothing_of_a_secret(struct sandbox *sandbox)
{
    g_setenv("KIMI_CODE_API_KEY", "sk-secret", TRUE);
    g_autofree char *one = fingerprint_new(sandbox->paths, "kimi");
    g_autofree char *two = fingerprint_new(sandbox->paths, "kimi");
    g_unsetenv("KIMI_CODE_API_KEY");
    g_assert_null(strstr(one, "sk-secret"));
    g_assert_cmpstr(one, !=, two); /* salted */
    g_assert_cmpuint(strlen(one), ==, 8 + 1 + 16);
}

static void test_of_settings(struct sandbox *sandbox)
{
    g_autofree char *with = fingerprint_settings_new(sandbox->paths, "digest");
    g_autofree char *without = fingerprint_settings_new(sandbox->paths, NULL);

    g_assert_true(fingerprint_settings_fit(sandbox->paths, "digest", with));
    g_assert_true(fingerprint_settings_fit(sandbox->paths, NULL, without));
    g_assert_true(fingerprint_settings_fit(sandbox->paths, "digest", NULL));
    g_assert_false(fingerprint_settings_fit(sandbox->paths, "other", with));
    g_assert_false(fingerprint_settings_fit(sandbox->paths, NULL, with));
    g_assert_false(fingerprint_settings_fit(sandbox->paths, "digest", without));
    g_assert_false(fingerprint_settings_fit(sandbox->paths, "digest", "nonsense"));
    g_assert_null(strstr(with, "digest"));
}

static void test_of_settings_has_the_stored_credentials_and_no_variable(struct sandbox *sandbox)
{
    g_autofree char *before = fingerprint_settings_new(sandbox->paths, NULL);

    g_setenv("KIMI_CODE_API_KEY", "one", TRUE);
    g_assert_true(fingerprint_settings_fit(sandbox->paths, NULL, before));
    g_unsetenv("KIMI_CODE_API_KEY");
    sandbox_write(sandbox, "data/credentials.json", "{}");
    g_assert_false(fingerprint_settings_fit(sandbox->paths, NULL, before));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/fingerprint/stay-the-same", test_stay_the_same);
    sandbox_add_test("/fingerprint/a-file-is-one", test_a_file_is_one);
    sandbox_add_test("/fingerprint/the-provider-itself-is-one", test_the_provider_itself_is_one);
    sandbox_add_test("/fingerprint/a-file-that-the-provider-named-is-one",
                     test_a_file_that_the_provider_named_is_one);
    sandbox_add_test("/fingerprint/each-of-several-that-were-tried-counts",
                     test_each_of_several_that_were_tried_counts);
    sandbox_add_test("/fingerprint/a-variable-of-the-provider-is-one",
                     test_a_variable_of_the_provider_is_one);
    sandbox_add_test("/fingerprint/what-is-no-fingerprint-differs",
                     test_what_is_no_fingerprint_differs);
    sandbox_add_test("/fingerprint/tells-nothing-of-a-secret", test_tells_nothing_of_a_secret);
    sandbox_add_test("/fingerprint/of-settings", test_of_settings);
    sandbox_add_test("/fingerprint/of-settings-has-the-stored-credentials-and-no-variable",
                     test_of_settings_has_the_stored_credentials_and_no_variable);
    return g_test_run();
}
