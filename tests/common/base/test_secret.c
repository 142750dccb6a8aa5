#include "common/base/secret.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_keeps_the_given_bytes(void)
{
    autoptr(secret) whole = secret_new("sk-kimi-abc", -1);
    autoptr(secret) part = secret_new("sk-kimi-abc", 7);

    g_assert_cmpstr(secret_peek(whole), ==, "sk-kimi-abc");
    g_assert_cmpstr(secret_peek(part), ==, "sk-kimi");
}

static void assert_hint(const char *text, const char *expected)
{
    autoptr(secret) secret = secret_new(text, -1);
    g_autofree char *hint = secret_hint(secret);

    g_assert_cmpstr(hint, ==, expected);
}

static void test_a_hint_keeps_sixteen_characters_hidden(void)
{
    assert_hint("", "***");
    assert_hint("0123456789abcdefxyz", "***");
    assert_hint("0123456789abcdefwxyz", "***wxyz");
}

static void test_is_found_in_text(void)
{
    autoptr(secret) secret = secret_new("abc", -1);
    autoptr(secret) empty = secret_new("", -1);

    g_assert_true(secret_is_in(secret, "xxabcxx"));
    g_assert_false(secret_is_in(secret, "xxabxx"));
    g_assert_false(secret_is_in(empty, "anything"));
}

static void test_wiping_null_is_fine(void)
{
    secret_wipe(NULL);
    secret_free(NULL);
    secret_wipe(g_strdup("abc"));
}

static void test_a_protected_process_leaves_no_core(void)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct rlimit limit = {1, 1};

        secret_protect_process();
        getrlimit(RLIMIT_CORE, &limit);
        _exit(prctl(PR_GET_DUMPABLE) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0 ? 0 : 1);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/secret/keeps-the-given-bytes", test_keeps_the_given_bytes);
    g_test_add_func("/secret/a-hint-keeps-sixteen-characters-hidden",
                    test_a_hint_keeps_sixteen_characters_hidden);
    g_test_add_func("/secret/is-found-in-text", test_is_found_in_text);
    g_test_add_func("/secret/wiping-null-is-fine", test_wiping_null_is_fine);
    g_test_add_func("/secret/a-protected-process-leaves-no-core",
                    test_a_protected_process_leaves_no_core);
    return g_test_run();
}
