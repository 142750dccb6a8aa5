#include "common/usage/severity.h"

#include <glib.h>
#include <math.h>

static void test_begins_at_its_threshold(void)
{
    static const struct {
        double percent;
        enum severity severity;
    } cases[] = {
        {0, SEVERITY_OK},          {69.99, SEVERITY_OK},         {70, SEVERITY_WARNING},
        {89.9, SEVERITY_WARNING},  {90, SEVERITY_CRITICAL},      {99.9, SEVERITY_CRITICAL},
        {100, SEVERITY_EXHAUSTED}, {100000, SEVERITY_EXHAUSTED}, {INFINITY, SEVERITY_EXHAUSTED},
        {NAN, SEVERITY_UNKNOWN},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(severity_from_percent(cases[i].percent, THRESHOLDS_DEFAULT), ==,
                        cases[i].severity);
}

static void test_thresholds_can_be_set(void)
{
    const struct thresholds thresholds = {.warning = 20, .critical = 20};

    g_assert_cmpint(severity_from_percent(19, thresholds), ==, SEVERITY_OK);
    g_assert_cmpint(severity_from_percent(20, thresholds), ==, SEVERITY_CRITICAL);
}

static void test_has_a_name_and_a_role(void)
{
    g_assert_cmpstr(severity_name(SEVERITY_UNKNOWN), ==, "unknown");
    g_assert_cmpstr(severity_name(SEVERITY_EXHAUSTED), ==, "exhausted");
    g_assert_cmpint(severity_role(SEVERITY_UNKNOWN), ==, ROLE_DIM);
    g_assert_cmpint(severity_role(SEVERITY_WARNING), ==, ROLE_WARNING);
}

static void test_each_role_has_a_name_and_a_valid_color(void)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        g_assert_nonnull(role_name((enum role)role));
        if (role == ROLE_NORMAL)
            g_assert_null(palette_default.colors[role]);
        else
            g_assert_true(color_is_valid(palette_default.colors[role]));
    }
}

static void test_a_color_is_six_digits(void)
{
    static const char *const bad[] = {"",         "#",      "red",     "#fff",     "#12345g",
                                      "#1234567", "e0af68", "#e0af6 ", "#e0af68}", "\"#e0af68"};

    g_assert_true(color_is_valid("#e0AF68"));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(color_is_valid(bad[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/severity/begins-at-its-threshold", test_begins_at_its_threshold);
    g_test_add_func("/severity/thresholds-can-be-set", test_thresholds_can_be_set);
    g_test_add_func("/severity/has-a-name-and-a-role", test_has_a_name_and_a_role);
    g_test_add_func("/severity/each-role-has-a-name-and-a-valid-color",
                    test_each_role_has_a_name_and_a_valid_color);
    g_test_add_func("/severity/a-color-is-six-digits", test_a_color_is_six_digits);
    return g_test_run();
}
