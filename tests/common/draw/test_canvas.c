#include "common/draw/canvas.h"
#include "tests/common/fixtures.h"

static void assert_span(const struct canvas *canvas, guint index, enum role role, const char *text)
{
    g_autofree char *found = fixture_span_text(canvas, index);

    g_assert_cmpint(g_array_index(canvas->spans, struct span, index).role, ==, role);
    g_assert_cmpstr(found, ==, text);
}

static void test_of_one_look_are_one(void)
{
    autoptr(canvas) canvas = canvas_new();

    canvas_add(canvas, ROLE_OK, SPAN_PLAIN, "a");
    canvas_add_format(canvas, ROLE_OK, SPAN_PLAIN, "%d%%", 5);
    canvas_add(canvas, ROLE_OK, SPAN_BOLD, "b");
    canvas_add(canvas, ROLE_DIM, SPAN_BOLD, "c");
    canvas_add(canvas, ROLE_DIM, SPAN_BOLD, "");
    g_assert_cmpuint(canvas->spans->len, ==, 3);
    assert_span(canvas, 0, ROLE_OK, "a5%");
    assert_span(canvas, 1, ROLE_OK, "b");
    assert_span(canvas, 2, ROLE_DIM, "c");
}

static void test_text_is_one_clean_line(void)
{
    autoptr(canvas) canvas = canvas_new();

    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, "a\nb\033[1m\u202e\xff");
    assert_span(canvas, 0, ROLE_NORMAL, "a b [1m \xef\xbf\xbd");
}

static void test_text_has_a_limit(void)
{
    autoptr(canvas) canvas = canvas_new();
    g_autofree char *endless = g_strnfill(100000, 'x');

    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, endless);
    g_assert_cmpint(g_utf8_strlen(canvas->text->str, -1), ==, 2001);
}

static void test_lines_are_kept_where_they_are_wanted(void)
{
    autoptr(canvas) canvas = canvas_new();

    canvas_add_lines(canvas, ROLE_ERROR, "a\nb\n\nc");
    g_assert_cmpuint(canvas->spans->len, ==, 6);
    assert_span(canvas, 0, ROLE_ERROR, "a");
    assert_span(canvas, 1, ROLE_NORMAL, "\n");
    assert_span(canvas, 2, ROLE_ERROR, "b");
    assert_span(canvas, 3, ROLE_NORMAL, "\n");
    assert_span(canvas, 4, ROLE_NORMAL, "\n");
    assert_span(canvas, 5, ROLE_ERROR, "c");
}

static void assert_wrapped(const char *text, guint columns, const char *expected)
{
    autoptr(canvas) canvas = canvas_new();

    canvas_add_lines(canvas, ROLE_NORMAL, text);
    autoptr(canvas) wrapped = canvas_wrap(canvas, columns);
    g_assert_cmpstr(wrapped->text->str, ==, expected);
}

static void test_wrapping_keeps_the_shape_of_a_line(void)
{
    assert_wrapped("short\nwords that go on", 12, "short\nwords that\ngo on");
    assert_wrapped("Week   ▆▁  5%  resets in 4d", 18, "Week   ▆▁  5%\n       resets in\n       4d");
    assert_wrapped("  1. an API key", 10, "  1. an\n     API\n     key");
    assert_wrapped("  ✗ no key", 8, "  ✗ no\n    key");
    assert_wrapped("没有可用的凭据。", 8, "没有可用\n的凭据。");
    assert_wrapped("unbreakable words", 4, "unbreakable\nwords");
    assert_wrapped("a b", G_MAXUINT, "a b");
}

static void test_wrapping_keeps_spans(void)
{
    autoptr(canvas) canvas = canvas_new();

    canvas_add(canvas, ROLE_OK, SPAN_BOLD, "one two");
    canvas_add(canvas, ROLE_DIM, SPAN_PLAIN, " three");
    autoptr(canvas) wrapped = canvas_wrap(canvas, 5);
    g_assert_cmpstr(wrapped->text->str, ==, "one\ntwo\nthree");
    assert_span(wrapped, 0, ROLE_OK, "one");
    assert_span(wrapped, 2, ROLE_OK, "two");
    assert_span(wrapped, 4, ROLE_DIM, "three");
}

static void test_the_earliest_change_is_recorded(void)
{
    autoptr(canvas) canvas = canvas_new();

    canvas_note_change(canvas, FIXTURE_NOW, FIXTURE_NOW);
    g_assert_cmpint(canvas->changes_at, ==, 0);
    canvas_note_change(canvas, FIXTURE_NOW + 50, FIXTURE_NOW);
    canvas_note_change(canvas, FIXTURE_NOW + 20, FIXTURE_NOW);
    canvas_note_change(canvas, FIXTURE_NOW + 30, FIXTURE_NOW);
    g_assert_cmpint(canvas->changes_at, ==, FIXTURE_NOW + 20);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/canvas/of-one-look-are-one", test_of_one_look_are_one);
    g_test_add_func("/canvas/text-is-one-clean-line", test_text_is_one_clean_line);
    g_test_add_func("/canvas/text-has-a-limit", test_text_has_a_limit);
    g_test_add_func("/canvas/lines-are-kept-where-they-are-wanted",
                    test_lines_are_kept_where_they_are_wanted);
    g_test_add_func("/canvas/the-earliest-change-is-recorded",
                    test_the_earliest_change_is_recorded);
    g_test_add_func("/canvas/wrapping-keeps-the-shape-of-a-line",
                    test_wrapping_keeps_the_shape_of_a_line);
    g_test_add_func("/canvas/wrapping-keeps-spans", test_wrapping_keeps_spans);
    return g_test_run();
}
