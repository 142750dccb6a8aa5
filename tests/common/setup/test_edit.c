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

/* The edits that make `target` of a text from which this part is removed. */
static GArray *refine(const char *text, gsize at, gsize removed, const char *target)
{
    g_autoptr(GArray) edits = setup_edits_new();

    setup_edits_add(edits, at, removed, "");
    return setup_edits_refine(edits, text, target);
}

static void test_removals_are_refined(void)
{
    static const struct {
        const char *text;
        gsize at, removed;
        const char *target;
        guint edits;
    } cases[] = {
        {"a b c", 2, 2, "a c", 1},        {"a\n\nb\n", 1, 0, "a\nb\n", 1},
        {"[x]\na = 1", 0, 9, "", 1},      {"a, b  c ", 1, 3, " a  c\n", 3},
        {"  a b c\n", 6, 1, "a\tb\n", 3}, {"a", 1, 0, "a", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) edits =
            refine(cases[i].text, cases[i].at, cases[i].removed, cases[i].target);
        g_autofree char *result = setup_edits_apply(edits, cases[i].text);

        g_assert_cmpstr(result, ==, cases[i].target);
        g_assert_cmpuint(edits->len, ==, cases[i].edits);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/edit/edits-are-made-in-order", test_edits_are_made_in_order);
    g_test_add_func("/edit/texts-are-alike-but-for-space", test_texts_are_alike_but_for_space);
    g_test_add_func("/edit/removals-are-refined", test_removals_are_refined);
    return g_test_run();
}
