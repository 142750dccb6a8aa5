#include "common/base/text.h"

static void test_printable_text_draws_something(void)
{
    static const char *const good[] = {"", "Kimi 10%", "é 中 😀 👩‍💻", "\uf0e7"};
    static const char *const bad[] = {"\t",     "\n",     "a\033b", "\x7f",   "\xc2\x85", "\u2028",
                                      "\u2029", "\u202a", "\u202e", "\u2066", "\u2069"};

    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(text_is_printable(good[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(text_is_printable(bad[i]));
}

static void assert_owned(char *text, const char *expected)
{
    g_assert_cmpstr(text, ==, expected);
    g_free(text);
}

static void test_a_message_keeps_its_lines(void)
{
    assert_owned(text_clean_message(" a\tb\nc\033[0m\r\n ", 100), "a b\nc [0m");
    assert_owned(text_clean_message("\xff\xc3", 100), "\xef\xbf\xbd\xef\xbf\xbd");
    assert_owned(text_clean_message(" \n\t ", 100), "");
}

static void test_a_line_has_no_line_breaks(void)
{
    assert_owned(text_clean_line(" a\nb\u2028c ", 100), "a b c");
    assert_owned(text_replace_unprintable(" a\nb\u202ec ", 100), " a b c ");
}

static void test_long_text_is_cut_between_characters(void)
{
    assert_owned(text_clean_line("ééé", 3), "ééé");
    assert_owned(text_clean_line("éééé", 3), "ééé…");
    assert_owned(text_clean_message("abc", 0), "…");
}

static void test_columns(void)
{
    g_assert_cmpuint(text_columns(""), ==, 0);
    g_assert_cmpuint(text_columns("5-hour"), ==, 6);
    g_assert_cmpuint(text_columns("é中"), ==, 3);
    g_assert_cmpuint(text_columns("e\u0301"), ==, 1);
}

static void test_wraps_between_words(void)
{
    assert_owned(text_wrap("aaa bbb ccc", 7), "aaa bbb\nccc");
    assert_owned(text_wrap("aaa bbb ccc", 6), "aaa\nbbb\nccc");
    assert_owned(text_wrap("a-word-that-is-too-long b", 4), "a-word-that-is-too-long\nb");
    assert_owned(text_wrap("aa bb\ncc dd", 4), "aa\nbb\ncc\ndd");
    assert_owned(text_wrap("中中 中", 5), "中中\n中");
    assert_owned(text_wrap("", 5), "");
}

static void test_wraps_between_wide_characters(void)
{
    assert_owned(text_wrap("中中中中", 5), "中中\n中中");
    assert_owned(text_wrap("中中a中", 5), "中中a\n中");
    assert_owned(text_wrap("中中 abc 中", 5), "中中\nabc\n中");
    /* Punctuation stays with its word. */
    assert_owned(text_wrap("中中，中。", 4), "中\n中，\n中。");
    assert_owned(text_wrap("中（中）", 4), "中\n（中）");
}

static void test_wide_characters(void)
{
    g_assert_cmpuint(text_wide_characters("5 小时"), ==, 2);
    g_assert_cmpuint(text_wide_characters("5-hour"), ==, 0);
}

static void test_an_indented_line_is_kept_to_be_copied(void)
{
    assert_owned(text_wrap("try:\n  a --long command", 6), "try:\n  a --long command");
}

static void test_wraps_broken_utf8(void)
{
    /* The last byte begins a character of four. */
    assert_owned(text_wrap("a \xf0", 72), "a \xef\xbf\xbd");
}

static void test_shortens_between_letters(void)
{
    assert_owned(text_shorten("", 3), "");
    assert_owned(text_shorten("abc", 3), "abc");
    assert_owned(text_shorten("abcd", 3), "ab…");
    assert_owned(text_shorten("每周额度", 3), "每周…");
    assert_owned(text_shorten("abe\u0301d", 4), "ab…");                  /* an e with an accent */
    assert_owned(text_shorten("a\U0001f468\u200d\U0001f4bbz", 4), "a…"); /* one picture of three */
    assert_owned(text_shorten("\u0301\u0301\u0301\u0301", 3), "…");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/printable-text-draws-something", test_printable_text_draws_something);
    g_test_add_func("/text/a-message-keeps-its-lines", test_a_message_keeps_its_lines);
    g_test_add_func("/text/a-line-has-no-line-breaks", test_a_line_has_no_line_breaks);
    g_test_add_func("/text/long-text-is-cut-between-characters",
                    test_long_text_is_cut_between_characters);
    g_test_add_func("/text/columns", test_columns);
    g_test_add_func("/text/wraps-between-words", test_wraps_between_words);
    g_test_add_func("/text/wraps-between-wide-characters", test_wraps_between_wide_characters);
    g_test_add_func("/text/wide-characters", test_wide_characters);
    g_test_add_func("/text/an-indented-line-is-kept-to-be-copied",
                    test_an_indented_line_is_kept_to_be_copied);
    g_test_add_func("/text/wraps-broken-utf8", test_wraps_broken_utf8);
    g_test_add_func("/text/shortens-between-letters", test_shortens_between_letters);
    return g_test_run();
}
