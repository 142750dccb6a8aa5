#include "common/setup/edit.h"

static void test_edits_are_made_in_order(void)
{
    g_autoptr(GArray) edits = setup_edits_new();

    setup_edits_add(edits, 4, 0, "C");
    setup_edits_add(edits, 0, 0, "A");
    setup_edits_add(edits, 0, 2, "B");
    setup_edits_add(edits, 4, 0, "D");
    g_autofree char *text = setup_edits_apply(edits, "1234");
    g_assert_cmpstr(text, ==, "AB34CD");
}

static void test_texts_are_alike_but_for_space(void)
{
    g_assert_true(setup_texts_are_alike("", " \n"));
    g_assert_true(setup_texts_are_alike("a b", "ab\r\n"));
    g_assert_false(setup_texts_are_alike("ab", "abc"));
    g_assert_false(setup_texts_are_alike("ab", "ba"));
}

static void test_space_in_quotes_is_a_change(void)
{
    g_assert_true(setup_text_is_as_made("{ \"a b\":1 }", "{\"a b\": 1}\n"));
    g_assert_true(setup_text_is_as_made("x=\"a \\\" b\"  c", "x=\"a \\\" b\"c"));
    g_assert_false(setup_text_is_as_made("\"a  b\"", "\"a b\""));
    g_assert_false(setup_text_is_as_made("x=\"a\\\"  b\"", "x=\"a\\\" b\""));
    g_assert_false(setup_text_is_as_made("ab", "abc"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/edit/edits-are-made-in-order", test_edits_are_made_in_order);
    g_test_add_func("/edit/texts-are-alike-but-for-space", test_texts_are_alike_but_for_space);
    g_test_add_func("/edit/space-in-quotes-is-a-change", test_space_in_quotes_is_a_change);
    return g_test_run();
}
