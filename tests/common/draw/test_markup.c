#include "common/draw/canvas.h"
#include "common/draw/markup.h"

static void assert_renders(const struct canvas *canvas, const struct markup *markup,
                           const struct palette *palette, const char *expected)
{
    g_autofree char *text = markup_render(canvas, markup, palette);

    g_assert_cmpstr(text, ==, expected);
}

static const struct markup *const markups[] = {&markup_plain, &markup_pango, &markup_ansi};

/* A canvas with one span, in a role whose default colour is #e0af68. */
static struct canvas *canvas_with_warning(const char *text)
{
    struct canvas *canvas = canvas_new();

    canvas_add(canvas, ROLE_WARNING, SPAN_PLAIN, text);
    return canvas;
}

static void test_colors(void)
{
    autoptr(canvas) canvas = canvas_with_warning("70%");

    assert_renders(canvas, &markup_plain, &palette_default, "70%");
    assert_renders(canvas, &markup_pango, &palette_default,
                   "<span foreground='#e0af68'>70%</span>");
    assert_renders(canvas, &markup_ansi, &palette_default, "\033[38;2;224;175;104m70%\033[0m");
}

static void test_without_a_palette_there_are_no_colors(void)
{
    autoptr(canvas) canvas = canvas_with_warning("70%");

    for (gsize i = 0; i < G_N_ELEMENTS(markups); i++)
        assert_renders(canvas, markups[i], NULL, "70%");
}

static void test_styles(void)
{
    autoptr(canvas) canvas = canvas_new();

    canvas_add(canvas, ROLE_WARNING, SPAN_BOLD | SPAN_MONOSPACE, "a");
    assert_renders(canvas, &markup_pango, &palette_default,
                   "<tt><b><span foreground='#e0af68'>a</span></b></tt>");
    assert_renders(canvas, &markup_pango, NULL, "<tt><b>a</b></tt>");
    assert_renders(canvas, &markup_ansi, NULL, "\033[1ma\033[0m");
}

static void test_pango_cannot_be_injected(void)
{
    autoptr(canvas) canvas = canvas_with_warning("<b>\"&amp;' </span>");

    assert_renders(canvas, &markup_pango, NULL, "&lt;b&gt;&quot;&amp;amp;&#39; &lt;/span&gt;");
}

static void test_nothing_gets_control_characters(void)
{
    autoptr(canvas) canvas = canvas_with_warning("a\033]0;x\007\n\r\u202eb\xc3");

    for (gsize i = 0; i < G_N_ELEMENTS(markups); i++)
        assert_renders(canvas, markups[i], NULL, "a ]0;x    b\xef\xbf\xbd");
}

static void test_line_breaks_of_tooltips_stay(void)
{
    autoptr(canvas) canvas = canvas_with_warning("a");

    canvas_break(canvas);
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, "b");
    assert_renders(canvas, &markup_pango, NULL, "a\nb");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/markup/colors", test_colors);
    g_test_add_func("/markup/without-a-palette-there-are-no-colors",
                    test_without_a_palette_there_are_no_colors);
    g_test_add_func("/markup/styles", test_styles);
    g_test_add_func("/markup/pango-cannot-be-injected", test_pango_cannot_be_injected);
    g_test_add_func("/markup/nothing-gets-control-characters",
                    test_nothing_gets_control_characters);
    g_test_add_func("/markup/line-breaks-of-tooltips-stay", test_line_breaks_of_tooltips_stay);
    return g_test_run();
}
