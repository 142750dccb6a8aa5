#include "common/setup/fit.h"

#include "common/setup/edit.h"

#include <string.h>

/* What stays if this part of a text goes. */
static char *fit(const char *text, const char *part, const char *before)
{
    const char *found = strstr(text, part);
    g_autoptr(GArray) edits = setup_edits_new();

    g_assert_nonnull(found);
    setup_edits_add(edits, (gsize)(found - text), strlen(part), "");
    g_autoptr(GArray) fitted = setup_edits_fit(edits, text, before);
    return setup_edits_apply(fitted, text);
}

static void test_the_space_around_is_as_it_was(void)
{
    static const struct {
        const char *text, *part, *before;
    } cases[] = {
        {"a\n\nnew\nb\n", "new\n", "a\n\nb\n"},
        {"a\tnew b", "\tnew", "a\tb"},
        {"a\tnew b", "new ", "a b"},
        {"a\r\n\r\nnew\r\n", "\r\n\r\nnew", "a\r\n"},
        {"a\n\nnew", "\n\nnew", "a"},
        {"a\n\nnew\r\n\r\nb\r\n", "\n\nnew", "a\n\nb\r\n"},
        {"new\n\n a", "new\n\n", " a"},
        {"new\n", "new", ""},
        {"\xef\xbb\xbfnew\n", "new", "\xef\xbb\xbf"},
        {"{[\n  new\n]}", "new", "{[]}"},
        {"[ new ]", "new", "[  ]"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *result = fit(cases[i].text, cases[i].part, cases[i].before);
        g_assert_cmpstr(result, ==, cases[i].before);
    }
}

static void test_changes_elsewhere_stay(void)
{
    g_autofree char *space = fit("a   b\tnew c\n", "\tnew", "a b\tc\n");
    g_autofree char *text = fit("x\nbefore\tnew behind\ny\n", "\tnew", "before\tbehind\n");

    g_assert_cmpstr(space, ==, "a   b\tc\n");
    g_assert_cmpstr(text, ==, "x\nbefore\tbehind\ny\n");
}

static void test_changed_space_around_stays(void)
{
    g_autofree char *added = fit("a\n\n\n\nnew\nb\n", "new\n", "a\nb\n");
    g_autofree char *removed = fit("a\nnew\nb\n", "new\n", "a\n\n\nb\n");
    g_autofree char *emptied = fit("[\n    new\n\n]", "    new\n", "[\n]");

    g_assert_cmpstr(emptied, ==, "[\n\n]");
    g_assert_cmpstr(added, ==, "a\n\n\n\nb\n");
    g_assert_cmpstr(removed, ==, "a\nb\n");
}

static void test_several_places_are_found_by_what_is_around(void)
{
    const char *before = "[x]\na=1\n\n[x]\na=2\n[x]\na=3\n";
    const char *text = "[x]\na=1\n\n[x]\na=2\nN\n[x]\na=3\nN\n";
    g_autoptr(GArray) edits = setup_edits_new();

    setup_edits_add(edits, (gsize)(strstr(text, "N") - text) - 1, 2, "");
    setup_edits_add(edits, (gsize)(strrchr(text, 'N') - text), 2, "");
    g_autoptr(GArray) fitted = setup_edits_fit(edits, text, before);
    g_autofree char *result = setup_edits_apply(fitted, text);
    g_assert_cmpstr(result, ==, before);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fit/the-space-around-is-as-it-was", test_the_space_around_is_as_it_was);
    g_test_add_func("/fit/changes-elsewhere-stay", test_changes_elsewhere_stay);
    g_test_add_func("/fit/changed-space-around-stays", test_changed_space_around_stays);
    g_test_add_func("/fit/several-places-are-found-by-what-is-around",
                    test_several_places_are_found_by_what_is_around);
    return g_test_run();
}
