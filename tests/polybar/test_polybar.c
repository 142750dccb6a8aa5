#include "polybar/polybar.h"
#include "tests/common/fixtures.h"

#include <math.h>

/* Takes ownership of the line. `palette` NULL: no colours. */
static void assert_renders(struct line *line, const struct palette *palette, const char *expected)
{
    const struct adapter_options options = {0};
    g_autofree char *output = polybar_adapter.render(line, palette, &options);

    g_assert_cmpstr(output, ==, expected);
    g_assert_null(polybar_adapter.status); /* always 0 */
    line_free(line);
}

static void assert_colored(struct line *line, const char *expected)
{
    assert_renders(line, &palette_default, expected);
}

static struct line *draw_fresh(double percent)
{
    return fixture_old_line(fixture_snapshot_with(percent), 120, 0, NULL);
}

static void test_ok(void)
{
    assert_colored(draw_fresh(20), "Kimi %{F#9ece6a}10%%{F-} · 5h %{F#9ece6a}20%%{F-} · 2h 14m\n");
}

static void test_warning(void)
{
    assert_colored(draw_fresh(69.5),
                   "Kimi %{F#9ece6a}10%%{F-} · 5h %{F#e0af68}70%%{F-} · 2h 14m\n");
}

static void test_critical(void)
{
    assert_colored(draw_fresh(99.6),
                   "Kimi %{F#9ece6a}10%%{F-} · 5h %{F#ff9e64}99%%{F-} · 2h 14m\n");
}

static void test_exhausted(void)
{
    assert_colored(draw_fresh(100),
                   "Kimi %{F#9ece6a}10%%{F-} · 5h %{F#f7768e}100%%{F-} · 2h 14m\n");
}

static void test_stale_looks_old(void)
{
    static const char expected[] = "%{F#9aa5ce}Kimi %{F-}%{F#9aa5ce}10%%{F-}%{F#9aa5ce} · 5h %{F-}"
                                   "%{F#9aa5ce}20%%{F-}%{F#9aa5ce} · 2h 14m%{F-}\n";

    assert_colored(fixture_old_line(fixture_snapshot_with(20), 7200, 0, NULL), expected);
    assert_colored(fixture_old_line(fixture_snapshot_with(20), 0, USAGE_ERROR_SERVER, "x"),
                   expected);
}

static void test_old_bad_news_is_bad(void)
{
    assert_colored(fixture_old_line(fixture_snapshot_with(95), 7200, USAGE_ERROR_NETWORK, "x"),
                   "%{F#ff9e64}Kimi %{F-}%{F#9aa5ce}10%%{F-}%{F#ff9e64} · 5h %{F-}"
                   "%{F#ff9e64}95%%{F-}%{F#ff9e64} · 2h 14m%{F-}\n");
}

static void test_each_error(void)
{
    for (int kind = USAGE_ERROR_AUTH; kind <= USAGE_ERROR_INTERNAL; kind++) {
        g_autofree char *expected =
            g_strdup_printf("%%{F#f7768e}Kimi %%{F-}%%{F#f7768e}! %s%%{F-}\n",
                            view_error_hint((enum usage_error)kind));
        assert_colored(fixture_old_line(NULL, 0, (enum usage_error)kind, "do this"), expected);
    }
}

static void test_loading(void)
{
    assert_colored(fixture_old_line(NULL, 0, 0, NULL), "%{F#7982a9}Kimi %{F-}%{F#7982a9}…%{F-}\n");
}

static void test_unknown_values(void)
{
    assert_colored(fixture_old_line(fixture_one_window("weekly", NAN, 0), 0, 0, NULL),
                   "Kimi %{F#7982a9}–%{F-}\n");
}

static void test_without_colors(void)
{
    assert_renders(draw_fresh(20), NULL, "Kimi 10% · 5h 20% · 2h 14m\n");
    assert_renders(fixture_old_line(NULL, 0, USAGE_ERROR_AUTH, "x"), NULL, "Kimi ! sign in\n");
    assert_renders(fixture_old_line(NULL, 0, 0, NULL), NULL, "Kimi …\n");
}

/* Renders two spans, of which the first has the role whose default colour is #e0af68. */
static void assert_marked_up(const char *warning, enum span_style style, const char *normal,
                             const struct palette *palette, const char *expected)
{
    autoptr(canvas) canvas = canvas_new();

    canvas_add(canvas, ROLE_WARNING, style, warning);
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, normal);
    g_autofree char *text = markup_render(canvas, &polybar_markup, palette);
    g_assert_cmpstr(text, ==, expected);
}

static void test_markup(void)
{
    assert_marked_up("70%", SPAN_PLAIN, "", &palette_default, "%{F#e0af68}70%%{F-}");
    assert_marked_up("70%", SPAN_PLAIN, "", NULL, "70%");
    assert_marked_up("a", SPAN_BOLD | SPAN_MONOSPACE, "", NULL, "a");
    assert_marked_up("a\033]0;x\007\n\r\u202eb\xc3", SPAN_PLAIN, "", NULL,
                     "a ]0;x    b\xef\xbf\xbd");
}

static void test_tags_cannot_be_injected(void)
{
    assert_marked_up("%{A1:reboot:}x%{A} %%{ {", SPAN_PLAIN, "", NULL,
                     "%%{O0}{A1:reboot:}x%%{O0}{A} %%%{O0}{ %{O0}{");
}

static void test_a_tag_cannot_be_made_of_two_spans(void)
{
    assert_marked_up("70%", SPAN_PLAIN, "{F#000}", NULL, "70%%{O0}{F#000}");
}

static void test_nothing_can_be_injected(void)
{
    struct snapshot *snapshot = fixture_one_window("%{A1:reboot:}a\n%{F#000}\033", 5, 0);

    assert_renders(fixture_old_line(snapshot, 0, 0, NULL), NULL,
                   "Kimi %%{O0}{A1:reboot:}a %%{O0}{F#000}  5%\n");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/polybar/ok", test_ok);
    g_test_add_func("/polybar/warning", test_warning);
    g_test_add_func("/polybar/critical", test_critical);
    g_test_add_func("/polybar/exhausted", test_exhausted);
    g_test_add_func("/polybar/stale-looks-old", test_stale_looks_old);
    g_test_add_func("/polybar/old-bad-news-is-bad", test_old_bad_news_is_bad);
    g_test_add_func("/polybar/each-error", test_each_error);
    g_test_add_func("/polybar/loading", test_loading);
    g_test_add_func("/polybar/unknown-values", test_unknown_values);
    g_test_add_func("/polybar/without-colors", test_without_colors);
    g_test_add_func("/polybar/markup", test_markup);
    g_test_add_func("/polybar/tags-cannot-be-injected", test_tags_cannot_be_injected);
    g_test_add_func("/polybar/a-tag-cannot-be-made-of-two-spans",
                    test_a_tag_cannot_be_made_of_two_spans);
    g_test_add_func("/polybar/nothing-can-be-injected", test_nothing_can_be_injected);
    return g_test_run();
}
