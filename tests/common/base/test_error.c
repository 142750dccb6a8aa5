#include "common/base/error.h"

static void test_names_go_there_and_back(void)
{
    static const char *const names[] = {"auth",         "config", "plan",    "network",
                                        "rate-limited", "server", "payload", "internal"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        enum usage_error kind;

        g_assert_true(usage_error_from_name(names[i], &kind));
        g_assert_cmpint(kind, ==, i);
        g_assert_cmpstr(usage_error_name(kind), ==, names[i]);
    }
}

static void test_other_names_are_unknown(void)
{
    enum usage_error kind;

    g_assert_false(usage_error_from_name("AUTH", &kind));
    g_assert_false(usage_error_from_name("", &kind));
    g_assert_false(usage_error_from_name(NULL, &kind));
}

static void test_errors_of_other_domains_are_internal(void)
{
    g_autoptr(GError) ours = g_error_new(USAGE_ERROR, USAGE_ERROR_NETWORK, "x");
    g_autoptr(GError) other = g_error_new(G_FILE_ERROR, USAGE_ERROR_NETWORK, "x");

    g_assert_cmpint(usage_error_kind(ours), ==, USAGE_ERROR_NETWORK);
    g_assert_cmpint(usage_error_kind(other), ==, USAGE_ERROR_INTERNAL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/error/names-go-there-and-back", test_names_go_there_and_back);
    g_test_add_func("/error/other-names-are-unknown", test_other_names_are_unknown);
    g_test_add_func("/error/errors-of-other-domains-are-internal",
                    test_errors_of_other_domains_are_internal);
    return g_test_run();
}
