#include "i3blocks/i3blocks.h"
#include "tests/common/fixtures.h"

#include <math.h>

static const struct adapter_options plain = {.urgent = TRUE};
static const struct adapter_options not_urgent = {.urgent = FALSE};
static const struct adapter_options json = {.urgent = TRUE, .json = TRUE};
static const struct adapter_options pango = {.urgent = TRUE, .pango = TRUE};
static const struct adapter_options pango_json = {.urgent = TRUE, .pango = TRUE, .json = TRUE};

/* Takes ownership of the line. `palette` NULL: no colours. */
static void assert_renders(struct line *line, const struct palette *palette,
                           const struct adapter_options *options, const char *expected, int status)
{
    g_autofree char *output = i3blocks_adapter.render(line, palette, options);

    g_assert_cmpstr(output, ==, expected);
    g_assert_cmpint(i3blocks_adapter.status(line, options), ==, status);
    line_free(line);
}

static void assert_plain(struct line *line, const char *expected)
{
    assert_renders(line, &palette_default, &plain, expected, 0);
}

static struct line *draw_fresh(double percent)
{
    return fixture_old_line(fixture_snapshot_with(percent), 120, 0, NULL);
}

static void test_ok(void)
{
    assert_plain(draw_fresh(20), "Kimi 10% · 5h 20% · 2h 14m\nKimi 20%\n#9ece6a\n");
}

static void test_warning(void)
{
    assert_plain(draw_fresh(69.5), "Kimi 10% · 5h 70% · 2h 14m\nKimi 70%\n#e0af68\n");
}

static void test_critical(void)
{
    assert_plain(draw_fresh(90), "Kimi 10% · 5h 90% · 2h 14m\nKimi 90%\n#ff9e64\n");
}

static void test_exhausted_is_urgent(void)
{
    assert_renders(draw_fresh(100), &palette_default, &plain,
                   "Kimi 10% · 5h 100% · 2h 14m\nKimi 100%\n#f7768e\n", I3BLOCKS_URGENT);
}

static void test_urgent_can_be_turned_off(void)
{
    assert_renders(draw_fresh(100), &palette_default, &not_urgent,
                   "Kimi 10% · 5h 100% · 2h 14m\nKimi 100%\n#f7768e\n", 0);
}

static void test_stale(void)
{
    assert_plain(fixture_old_line(fixture_snapshot_with(20), 7200, 0, NULL),
                 "Kimi 10% · 5h 20% · 2h 14m\nKimi 20%\n#9aa5ce\n");
    assert_plain(fixture_old_line(fixture_snapshot_with(20), 120, USAGE_ERROR_SERVER, "x"),
                 "Kimi 10% · 5h 20% · 2h 14m\nKimi 20%\n#9aa5ce\n");
    assert_plain(fixture_old_line(fixture_snapshot_with(95), 7200, USAGE_ERROR_NETWORK, "x"),
                 "Kimi 10% · 5h 95% · 2h 14m\nKimi 95%\n#ff9e64\n");
}

static void test_each_error(void)
{
    for (int kind = USAGE_ERROR_AUTH; kind <= USAGE_ERROR_INTERNAL; kind++) {
        g_autofree char *expected = g_strdup_printf("Kimi ! %s\nKimi !\n#f7768e\n",
                                                    view_error_hint((enum usage_error)kind));
        assert_plain(fixture_old_line(NULL, 0, (enum usage_error)kind, "do this\nand this"),
                     expected);
    }
}

static void test_loading(void)
{
    assert_plain(fixture_old_line(NULL, 0, 0, NULL), "Kimi …\nKimi …\n#7982a9\n");
}

static void test_unknown_values(void)
{
    assert_plain(fixture_old_line(fixture_one_window("weekly", NAN, 0), 0, 0, NULL),
                 "Kimi –\nKimi –\n#7982a9\n");
}

static void test_without_colors(void)
{
    assert_renders(draw_fresh(20), NULL, &plain, "Kimi 10% · 5h 20% · 2h 14m\nKimi 20%\n\n", 0);
    assert_renders(draw_fresh(20), NULL, &pango, "Kimi 10% · 5h 20% · 2h 14m\nKimi 20%\n\n", 0);
    assert_renders(draw_fresh(20), NULL, &json,
                   "{\"full_text\":\"Kimi 10% · 5h 20% · 2h 14m\",\"short_text\":\"Kimi 20%\","
                   "\"urgent\":false,\"markup\":\"none\"}\n",
                   0);
}

static void test_pango(void)
{
    assert_renders(draw_fresh(69.5), &palette_default, &pango,
                   "Kimi <span foreground='#9ece6a'>10%</span> · 5h "
                   "<span foreground='#e0af68'>70%</span> · 2h 14m\n"
                   "Kimi <span foreground='#e0af68'>70%</span>\n#e0af68\n",
                   0);
}

static void test_pango_of_old_numbers_is_not_green(void)
{
    assert_renders(fixture_old_line(fixture_snapshot_with(20), 7200, 0, NULL), &palette_default,
                   &pango,
                   "Kimi <span foreground='#9aa5ce'>10%</span> · 5h "
                   "<span foreground='#9aa5ce'>20%</span> · 2h 14m\n"
                   "Kimi <span foreground='#9aa5ce'>20%</span>\n#9aa5ce\n",
                   0);
}

static void test_json(void)
{
    assert_renders(draw_fresh(69.5), &palette_default, &json,
                   "{\"full_text\":\"Kimi 10% · 5h 70% · 2h 14m\",\"short_text\":\"Kimi 70%\","
                   "\"color\":\"#e0af68\",\"urgent\":false,\"markup\":\"none\"}\n",
                   0);
    assert_renders(fixture_old_line(NULL, 0, USAGE_ERROR_AUTH, "x"), &palette_default, &json,
                   "{\"full_text\":\"Kimi ! sign in\",\"short_text\":\"Kimi !\","
                   "\"color\":\"#f7768e\",\"urgent\":false,\"markup\":\"none\"}\n",
                   0);
}

static void test_json_is_urgent_in_words(void)
{
    const struct adapter_options json_not_urgent = {.json = TRUE};

    assert_renders(draw_fresh(100), NULL, &json,
                   "{\"full_text\":\"Kimi 10% · 5h 100% · 2h 14m\",\"short_text\":\"Kimi 100%\","
                   "\"urgent\":true,\"markup\":\"none\"}\n",
                   0);
    assert_renders(draw_fresh(100), NULL, &json_not_urgent,
                   "{\"full_text\":\"Kimi 10% · 5h 100% · 2h 14m\",\"short_text\":\"Kimi 100%\","
                   "\"urgent\":false,\"markup\":\"none\"}\n",
                   0);
}

static void test_json_with_pango(void)
{
    assert_renders(fixture_old_line(fixture_one_window("<w>", 5, 0), 0, 0, NULL), &palette_default,
                   &pango_json,
                   "{\"full_text\":\"Kimi &lt;w&gt; <span foreground='#9ece6a'>5%</span>\","
                   "\"short_text\":\"Kimi <span foreground='#9ece6a'>5%</span>\","
                   "\"color\":\"#9ece6a\",\"urgent\":false,\"markup\":\"pango\"}\n",
                   0);
}

static void test_text_is_one_line_whatever_it_says(void)
{
    struct snapshot *snapshot = fixture_one_window("a\n#000000\n<b>\033", 5, 0);

    assert_plain(fixture_old_line(snapshot, 0, 0, NULL),
                 "Kimi a #000000 <b>  5%\nKimi 5%\n#9ece6a\n");
}

static void test_a_format_is_one_line(void)
{
    struct stored stored = fixture_stored(fixture_snapshot(), 0, NULL);
    struct line *line = fixture_line(
        stored, NULL, (struct line_formats){.text = fixture_template("{plan}\\n{top_pct}")});

    assert_plain(line, "Allegretto 70\nKimi 70%\n#e0af68\n");
}

/* `variables` are separated by spaces. */
static void read_environment(const char *variables, struct adapter_options *options)
{
    g_auto(GStrv) environment = g_strsplit(variables, " ", -1);

    i3blocks_adapter.read_environment(environment, options);
}

static void test_the_block_says_whether_it_is_pango(void)
{
    struct adapter_options options = {0};

    read_environment("markup=pango", &options);
    g_assert_true(options.pango);
    read_environment("markup=none", &options);
    g_assert_false(options.pango);
    options.pango = TRUE;
    read_environment("", &options);
    g_assert_false(options.pango);
}

static void test_only_a_persistent_block_reports_clicks(void)
{
    struct adapter_options options = {0};

    read_environment("interval=persist", &options);
    g_assert_true(options.reports_clicks);
    read_environment("interval=60", &options);
    g_assert_false(options.reports_clicks);
    read_environment("interval=60 BLOCK_INTERVAL=persist", &options);
    g_assert_true(options.reports_clicks);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/i3blocks/ok", test_ok);
    g_test_add_func("/i3blocks/warning", test_warning);
    g_test_add_func("/i3blocks/critical", test_critical);
    g_test_add_func("/i3blocks/exhausted-is-urgent", test_exhausted_is_urgent);
    g_test_add_func("/i3blocks/urgent-can-be-turned-off", test_urgent_can_be_turned_off);
    g_test_add_func("/i3blocks/stale", test_stale);
    g_test_add_func("/i3blocks/each-error", test_each_error);
    g_test_add_func("/i3blocks/loading", test_loading);
    g_test_add_func("/i3blocks/unknown-values", test_unknown_values);
    g_test_add_func("/i3blocks/without-colors", test_without_colors);
    g_test_add_func("/i3blocks/pango", test_pango);
    g_test_add_func("/i3blocks/pango-of-old-numbers-is-not-green",
                    test_pango_of_old_numbers_is_not_green);
    g_test_add_func("/i3blocks/json", test_json);
    g_test_add_func("/i3blocks/json-is-urgent-in-words", test_json_is_urgent_in_words);
    g_test_add_func("/i3blocks/json-with-pango", test_json_with_pango);
    g_test_add_func("/i3blocks/text-is-one-line-whatever-it-says",
                    test_text_is_one_line_whatever_it_says);
    g_test_add_func("/i3blocks/a-format-is-one-line", test_a_format_is_one_line);
    g_test_add_func("/i3blocks/the-block-says-whether-it-is-pango",
                    test_the_block_says_whether_it_is_pango);
    g_test_add_func("/i3blocks/only-a-persistent-block-reports-clicks",
                    test_only_a_persistent_block_reports_clicks);
    return g_test_run();
}
