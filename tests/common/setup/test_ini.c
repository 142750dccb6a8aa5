#include "common/setup/ini.h"
#include "tests/common/setup/setup_fixture.h"

#define SECTION "[new]\na = 1"

static void test_lines_have_their_kind(void)
{
    g_autoptr(GArray) lines = ini_read("a=b\n\n ; no\n[ x/y ]\n# k = v\n\t k =  v w \r\nnonsense");
    const enum ini_kind kinds[] = {INI_KEY,     INI_EMPTY, INI_COMMENT, INI_SECTION,
                                   INI_COMMENT, INI_KEY,   INI_OTHER};

    g_assert_cmpuint(lines->len, ==, G_N_ELEMENTS(kinds));
    for (guint i = 0; i < lines->len; i++)
        g_assert_cmpint(ini_at(lines, i)->kind, ==, kinds[i]);
    g_assert_null(ini_at(lines, 0)->section);
    g_assert_cmpstr(ini_at(lines, 5)->section, ==, " x/y ");
    g_assert_cmpint(ini_find_section(lines, "x"), ==, -1);
    g_assert_cmpint(ini_find_key(lines, " x/y ", "k"), ==, 5);
    g_assert_cmpint(ini_find_key(lines, NULL, "a"), ==, 0);
    g_assert_cmpuint(ini_last_line(lines, 3), ==, 6);
}

static void test_a_value_has_no_outer_space(void)
{
    const char *text = "k =  v = w \r\nempty=\n";
    g_autoptr(GArray) lines = ini_read(text);

    g_autofree char *first = ini_value(text, ini_at(lines, 0));
    g_autofree char *second = ini_value(text, ini_at(lines, 1));

    g_assert_cmpstr(first, ==, "v = w");
    g_assert_cmpstr(second, ==, "");
}

static void assert_inserted(const char *text, int where, const char *expected)
{
    autoptr(setup_plan) plan = setup_plan_new();
    struct setup_file *file = setup_fixture_add(plan, text);
    g_autoptr(GArray) lines = ini_read(text);

    if (where < 0)
        ini_append(file, lines, SECTION);
    else
        ini_insert_before(file, lines, (guint)where, SECTION);
    g_autofree char *result = setup_file_result(file);
    g_assert_cmpstr(result, ==, expected);
    g_assert_true(ini_differs_only_by(text, result, "new", "none"));
}

static void test_a_section_is_inserted(void)
{
    assert_inserted("[x]\nb=1\n", -1, "[x]\nb=1\n\n[new]\na = 1\n");
    assert_inserted("[x]\r\nb=1\r\n\r\n", -1, "[x]\r\nb=1\r\n\r\n[new]\r\na = 1\r\n\r\n");
    assert_inserted("[x]", -1, "[x]\n\n[new]\na = 1");
    assert_inserted("", -1, "[new]\na = 1\n");
    assert_inserted("b=1\n# on x\n[x]\n", 2, "b=1\n[new]\na = 1\n# on x\n[x]\n");
}

static void test_a_section_is_removed_again(void)
{
    static const char *const texts[] = {"[x]\nb=1\n", "[x]\nb=1", "# c\n\n[x]\n\nb=1\n\n\n", "",
                                        "\xef\xbb\xbf[x]\r\nb=1\r\n"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        autoptr(setup_plan) plan = setup_plan_new();
        struct setup_file *file = setup_fixture_add(plan, texts[i]);

        g_autoptr(GArray) before = ini_read(texts[i]);
        ini_append(file, before, SECTION);
        g_autofree char *with = setup_file_result(file);
        struct setup_file *changed = setup_fixture_add(plan, with);
        g_autoptr(GArray) lines = ini_read(with);
        ini_remove(changed, lines, (guint)ini_find_section(lines, "new"));
        g_autofree char *without = setup_file_result(changed);
        g_assert_true(setup_texts_are_alike(without, texts[i]));
    }
}

static void test_a_difference_is_seen(void)
{
    g_assert_true(ini_differs_only_by("[x]\nl=a b\n", "[x]\nl=a new b\n[s]\nq=1\n", "s", "new"));
    g_assert_true(ini_differs_only_by("[x]\nl=\"a\"", "[x]\nl=\"new a\"\n", "s", "new"));
    g_assert_false(ini_differs_only_by("[x]\nl=a b\n", "[x]\nl=b a\n", "s", "new"));
    g_assert_false(ini_differs_only_by("[x]\nl=a\n", "[x]\n[y]\nl=a\n", "s", "new"));
    g_assert_false(ini_differs_only_by("[x]\n# c\n", "[x]\n# d\n", "s", "new"));
    g_assert_false(ini_differs_only_by("[x]\nl=a\n", "[x]\nm=a\n", "s", "new"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ini-text/lines-have-their-kind", test_lines_have_their_kind);
    g_test_add_func("/ini-text/a-value-has-no-outer-space", test_a_value_has_no_outer_space);
    g_test_add_func("/ini-text/a-section-is-inserted", test_a_section_is_inserted);
    g_test_add_func("/ini-text/a-section-is-removed-again", test_a_section_is_removed_again);
    g_test_add_func("/ini-text/a-difference-is-seen", test_a_difference_is_seen);
    return g_test_run();
}
