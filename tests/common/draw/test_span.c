#include "common/draw/span.h"
#include "tests/common/fixtures.h"

#include <string.h>

static void assert_span(const GPtrArray *spans, guint index, enum role role, const char *text)
{
    const struct span *span = spans->pdata[index];

    g_assert_cmpuint(index, <, spans->len);
    g_assert_cmpint(span->role, ==, role);
    g_assert_cmpstr(span->text, ==, text);
}

static void test_of_one_look_are_one(void)
{
    g_autoptr(GPtrArray) spans = spans_new();

    spans_add(spans, ROLE_OK, SPAN_PLAIN, "a");
    spans_add_format(spans, ROLE_OK, SPAN_PLAIN, "%d%%", 5);
    spans_add(spans, ROLE_OK, SPAN_BOLD, "b");
    spans_add(spans, ROLE_DIM, SPAN_BOLD, "c");
    spans_add(spans, ROLE_DIM, SPAN_BOLD, "");
    g_assert_cmpuint(spans->len, ==, 3);
    assert_span(spans, 0, ROLE_OK, "a5%");
    assert_span(spans, 1, ROLE_OK, "b");
    assert_span(spans, 2, ROLE_DIM, "c");
}

static void test_text_is_one_clean_line(void)
{
    g_autoptr(GPtrArray) spans = spans_new();

    spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, "a\nb\033[1m\u202e\xff");
    assert_span(spans, 0, ROLE_NORMAL, "a b [1m \xef\xbf\xbd");
}

static void test_text_has_a_limit(void)
{
    g_autoptr(GPtrArray) spans = spans_new();
    g_autofree char *endless = g_strnfill(100000, 'x');

    spans_add(spans, ROLE_NORMAL, SPAN_PLAIN, endless);
    g_assert_cmpint(g_utf8_strlen(((struct span *)spans->pdata[0])->text, -1), ==, 2001);
}

static void test_lines_are_kept_where_they_are_wanted(void)
{
    g_autoptr(GPtrArray) spans = spans_new();

    spans_add_lines(spans, ROLE_ERROR, "a\nb\n\nc");
    g_assert_cmpuint(spans->len, ==, 6);
    assert_span(spans, 0, ROLE_ERROR, "a");
    assert_span(spans, 1, ROLE_NORMAL, "\n");
    assert_span(spans, 2, ROLE_ERROR, "b");
    assert_span(spans, 3, ROLE_NORMAL, "\n");
    assert_span(spans, 4, ROLE_NORMAL, "\n");
    assert_span(spans, 5, ROLE_ERROR, "c");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/span/of-one-look-are-one", test_of_one_look_are_one);
    g_test_add_func("/span/text-is-one-clean-line", test_text_is_one_clean_line);
    g_test_add_func("/span/text-has-a-limit", test_text_has_a_limit);
    g_test_add_func("/span/lines-are-kept-where-they-are-wanted",
                    test_lines_are_kept_where_they_are_wanted);
    return g_test_run();
}
