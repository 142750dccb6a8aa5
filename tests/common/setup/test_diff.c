#include "common/setup/diff.h"

#include "common/setup/edit.h"

#include <string.h>

#define MAX_EDITS 3

struct diff_case {
    const char *before;
    struct {
        gsize at, removed;
        const char *inserted; /* NULL: no edit */
    } edits[MAX_EDITS];
    const char *after;
    const char *diff;
};

static void assert_diff(const struct diff_case *test)
{
    g_autoptr(GArray) edits = setup_edits_new();

    for (gsize i = 0; i < MAX_EDITS && test->edits[i].inserted; i++)
        setup_edits_add(edits, test->edits[i].at, test->edits[i].removed, test->edits[i].inserted);
    g_autofree char *after = setup_edits_apply(edits, test->before);
    g_autofree char *diff = diff_unified("a", "b", test->before, edits);
    g_assert_cmpstr(after, ==, test->after);
    g_assert_cmpstr(diff, ==, test->diff);
}

static void test_equal_texts_have_none(void)
{
    assert_diff(&(struct diff_case){"", {{0}}, "", ""});
    assert_diff(&(struct diff_case){"one\ntwo\n", {{0}}, "one\ntwo\n", ""});
    assert_diff(&(struct diff_case){"one\ntwo", {{4, 3, "two"}}, "one\ntwo", ""});
}

static void test_a_line_with_its_context(void)
{
    assert_diff(
        &(struct diff_case){"1\n2\n3\n4\n5\n6\n7\n8\n",
                            {{8, 0, "new\n"}},
                            "1\n2\n3\n4\nnew\n5\n6\n7\n8\n",
                            "--- a\n+++ b\n@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+new\n 5\n 6\n 7\n"});
    assert_diff(&(struct diff_case){
        "1\n2\n", {{0, 2, ""}}, "2\n", "--- a\n+++ b\n@@ -1,2 +1,1 @@\n-1\n 2\n"});
    assert_diff(&(struct diff_case){
        "1\n2\n", {{2, 1, "3"}}, "1\n3\n", "--- a\n+++ b\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n"});
}

static void test_a_new_file_and_one_that_goes(void)
{
    assert_diff(&(struct diff_case){
        "", {{0, 0, "1\n2\n"}}, "1\n2\n", "--- a\n+++ b\n@@ -0,0 +1,2 @@\n+1\n+2\n"});
    assert_diff(
        &(struct diff_case){"1\n", {{0, 2, ""}}, "", "--- a\n+++ b\n@@ -1,1 +0,0 @@\n-1\n"});
}

static void test_places_that_are_far_apart(void)
{
    assert_diff(&(struct diff_case){"1\n2\n3\n4\n5\n6\n7\n8\n9\n",
                                    {{18, 0, "y\n"}, {0, 0, "x\n"}},
                                    "x\n1\n2\n3\n4\n5\n6\n7\n8\n9\ny\n",
                                    "--- a\n+++ b\n@@ -1,3 +1,4 @@\n+x\n 1\n 2\n 3\n"
                                    "@@ -7,3 +8,4 @@\n 7\n 8\n 9\n+y\n"});
    assert_diff(
        &(struct diff_case){"1\n2\n3\n4\n5\n6\n",
                            {{0, 0, "x\n"}, {12, 0, "y\n"}},
                            "x\n1\n2\n3\n4\n5\n6\ny\n",
                            "--- a\n+++ b\n@@ -1,6 +1,8 @@\n+x\n 1\n 2\n 3\n 4\n 5\n 6\n+y\n"});
}

static void test_edits_of_one_line(void)
{
    assert_diff(&(struct diff_case){"1 2\n3\n",
                                    {{1, 0, ","}, {2, 1, "4"}, {3, 0, "\n5"}},
                                    "1, 4\n5\n3\n",
                                    "--- a\n+++ b\n@@ -1,2 +1,3 @@\n-1 2\n+1, 4\n+5\n 3\n"});
    assert_diff(&(struct diff_case){"1\n2\n3\n",
                                    {{1, 2, ""}, {4, 1, "4"}},
                                    "1\n4\n",
                                    "--- a\n+++ b\n@@ -1,3 +1,2 @@\n 1\n-2\n-3\n+4\n"});
}

static void test_a_last_line_without_its_end(void)
{
    assert_diff(&(struct diff_case){
        "1",
        {{1, 0, "\n"}},
        "1\n",
        "--- a\n+++ b\n@@ -1,1 +1,1 @@\n-1\n\\ No newline at end of file\n+1\n"});
    assert_diff(&(struct diff_case){
        "1",
        {{1, 0, "\n"}, {1, 0, "2\n"}},
        "1\n2\n",
        "--- a\n+++ b\n@@ -1,1 +1,2 @@\n-1\n\\ No newline at end of file\n+1\n+2\n"});
}

static void test_texts_that_have_little_in_common(void)
{
    g_autoptr(GString) before = g_string_new(NULL);
    g_autoptr(GString) after = g_string_new(NULL);
    g_autoptr(GArray) edits = setup_edits_new();

    for (int i = 0; i < 3000; i++) {
        g_string_append_printf(before, "old %d\n", i);
        g_string_append_printf(after, "new %d\n", i);
    }
    setup_edits_add(edits, 0, before->len, after->str);
    g_autofree char *diff = diff_unified("a", "b", before->str, edits);
    g_assert_nonnull(strstr(diff, "@@ -1,3000 +1,3000 @@"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diff/equal-texts-have-none", test_equal_texts_have_none);
    g_test_add_func("/diff/a-line-with-its-context", test_a_line_with_its_context);
    g_test_add_func("/diff/a-new-file-and-one-that-goes", test_a_new_file_and_one_that_goes);
    g_test_add_func("/diff/places-that-are-far-apart", test_places_that_are_far_apart);
    g_test_add_func("/diff/edits-of-one-line", test_edits_of_one_line);
    g_test_add_func("/diff/a-last-line-without-its-end", test_a_last_line_without_its_end);
    g_test_add_func("/diff/texts-that-have-little-in-common",
                    test_texts_that_have_little_in_common);
    return g_test_run();
}
