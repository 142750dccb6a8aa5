#include "common/draw/markup.h"
#include "common/draw/template.h"
#include "tests/common/fixtures.h"

#include <math.h>

static void assert_renders_stored(struct stored stored, struct view_settings settings,
                                  const char *template, const char *expected)
{
    settings.thresholds = THRESHOLDS_DEFAULT;
    settings.interval = FIXTURE_INTERVAL;
    autoptr(view) view = view_new("kimi", &stored, &settings, FIXTURE_NOW);
    autoptr(canvas) canvas = canvas_new();

    template_draw(fixture_template(template), view, canvas);
    g_autofree char *text = markup_render(canvas, &markup_plain, NULL);
    g_assert_cmpstr(text, ==, expected);
    stored_clear(&stored);
}

static void assert_renders(struct snapshot *snapshot, const char *template, const char *expected)
{
    assert_renders_stored(fixture_stored(snapshot, 0, NULL), (struct view_settings){0}, template,
                          expected);
}

static void assert_wrong(const char *template, const char *message)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(template_parse(template, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
    assert_contains(error->message, message);
}

static void test_one_of_two_texts(void)
{
    assert_renders(fixture_snapshot(), "a{?weekly b}c", "abc");
    assert_renders(fixture_snapshot(), "a{?monthly b}c", "ac");
    assert_renders(fixture_snapshot(), "{?monthly {name}\\n|{plan}}{?weekly x|\n{name}}",
                   "Allegrettox");
    assert_renders(fixture_snapshot(), "{?weekly b|d} {?monthly b|d}", "b d");
    assert_renders(fixture_snapshot(), "{?monthly|d}{?weekly|d}{?weekly}", "d");
    assert_renders(fixture_snapshot(), "[{?weekly  b }|{?monthly x| d }]", "[ b | d ]");
    assert_renders(fixture_snapshot(), "{?weekly {weekly_pct}%\\n|-}x", "10%\nx");
}

static void test_sections_in_sections(void)
{
    assert_renders(fixture_snapshot(), "{?weekly {?session {weekly_pct}}}", "10");
    assert_renders(fixture_snapshot(), "{?monthly a|{?weekly b|c}}d", "bd");
    assert_renders(fixture_snapshot(), "{?monthly {?weekly a|b}|{?monthly c|{?weekly d}}}", "d");
    assert_renders(fixture_snapshot(), "{?ok {?ok {?ok {?ok {?ok {?ok {?ok {?ok deep}}}}}}}}",
                   "deep");
    assert_wrong("{?ok {?ok {?ok {?ok {?ok {?ok {?ok {?ok {?ok deep}}}}}}}}}",
                 "too many sections in one another at character 41; eight");
}

static void test_characters_of_the_grammar(void)
{
    assert_renders(fixture_snapshot(), "a|b||c", "a|b||c"); /* no section: just text */
    assert_renders(fixture_snapshot(), "{?weekly a||b}|{?monthly |c||}", "a|b|c|");
    assert_renders(fixture_snapshot(), "{?weekly {{a}}}", "{a}");
    assert_renders(fixture_snapshot(), "{?weekly a}}b}", "a}b");
    assert_renders(fixture_snapshot(), "{?weekly {?session {{a}}}}", "{a}");
    assert_renders(fixture_snapshot(), "{{?weekly a}}", "{?weekly a}");
}

static void test_mistakes(void)
{
    assert_wrong("a {?weekly b", "a section {? without its } at character 3; write {{ or }}");
    assert_wrong("{?weekly a|b|c}", "a second | in a section at character 13; write ||");
    assert_wrong("{? a}", "a section without a condition at character 1");
    assert_wrong("{?}", "a section without a condition at character 1");
    assert_wrong("x{?wekly a}",
                 "unknown condition {?wekly} at character 2; did you mean {?weekly}?");
    assert_wrong("{?weekly_bad a}", "an unknown condition {?weekly_bad}");
    assert_wrong("{?weekly_unknown a}", "an unknown condition {?weekly_unknown}");
    assert_wrong("{?session_critcal a}", "did you mean {?session_critical}?");
    assert_wrong("{?weekly:5 a}", "an unknown condition {?weekly:5}");
    assert_wrong("{?monthly {nothing}}", "unknown placeholder {nothing} at character 11");
    assert_wrong("{?weekly a}}", "a section {? without its }");
    assert_wrong("{?weekly {?session a}", "a section {? without its } at character 1");
}

static void test_conditions_of_windows(void)
{
    struct snapshot *snapshot = fixture_snapshot_with(NAN);
    struct window *window = snapshot_add_window(snapshot, "window_2h", "2-hour");

    window->used_percent = 91;
    assert_renders(
        snapshot, "{?session a|-}{?weekly b|-}{?window_2h c|-}{?window_3h d|-}{?top e|-}", "-bc-e");
    assert_renders(fixture_snapshot_with(95),
                   "{?session_ok a}{?session_warning b}{?session_critical c}{?session_exhausted d}",
                   "abc");
    assert_renders(fixture_snapshot_with(95), "{?weekly_warning a|b}{?monthly_ok a|b}", "bb");
    assert_renders(fixture_snapshot_with(100), "{?top_exhausted a|b}", "a");
}

static void test_the_severity_of_the_line(void)
{
    assert_renders(fixture_snapshot_with(69.4), "{?ok a}{?warning b}{?critical c}{?exhausted d}",
                   "a");
    assert_renders(fixture_snapshot_with(90), "{?ok a}{?warning b}{?critical c}{?exhausted d}",
                   "abc");
    assert_renders(fixture_one_window(WINDOW_WEEKLY, NAN, 0), "{?ok a|b}", "b");
}

static void test_conditions_of_placeholders(void)
{
    struct snapshot *snapshot = fixture_snapshot();

    g_clear_pointer(&snapshot->plan, g_free);
    assert_renders(snapshot, "{?plan a|b}{?name c|d}{?session_limit e|f}{?monthly_limit g|h}",
                   "bceh");
    assert_renders(fixture_snapshot(), "{?session_runs_out a|b}{?weekly_runs_out a|b}", "ab");
    assert_renders(fixture_one_window(WINDOW_WEEKLY, 5, 0), "{?weekly_pace a|b}{?weekly_bar c|d}",
                   "bc");
}

static void test_conditions_of_the_view(void)
{
    const char *template = "{?stale a|b}{?remaining c|d}{?refreshing e|f}";

    assert_renders(fixture_snapshot(), template, "bdf");
    assert_renders_stored(fixture_stored(fixture_snapshot(), USAGE_ERROR_NETWORK, "x"),
                          (struct view_settings){.remaining = true, .is_refreshing = true},
                          template, "ace");
}

static void test_which_templates_use_refreshing(void)
{
    g_assert_true(fixture_template("{?refreshing x}")->uses_refreshing);
    g_assert_true(fixture_template("{?monthly a|{?weekly {?refreshing x}}}")->uses_refreshing);
    g_assert_false(fixture_template("refreshing {{?refreshing x}}")->uses_refreshing);
}

static void test_bars(void)
{
    assert_renders(fixture_snapshot(), "{session_bar}", "━━━━━━━───");
    assert_renders(fixture_snapshot(), "{session_bar:4}|{weekly_bar:1}", "━━━─|─");
    assert_renders(fixture_snapshot_with(99.6), "{session_bar:2}{session_bar:1}", "━─━");
    assert_renders(fixture_snapshot(), "{monthly_bar}", "–");
    assert_renders_stored(fixture_stored(fixture_snapshot(), 0, NULL),
                          (struct view_settings){.remaining = true}, "{session_bar:4}", "━───");
}

static void test_arguments(void)
{
    static const char *const wrong[] = {"0", "41", "-1",  "4x",
                                        "",  " 4", "4:4", "99999999999999999999"};

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *template = g_strdup_printf("a{top_bar:%s}", wrong[i]);
        assert_wrong(template, "a wrong argument of {top_bar} at character 11; it takes a width");
    }
    assert_renders(fixture_one_window(WINDOW_WEEKLY, 5, FIXTURE_NOW + 42),
                   "{weekly_reset} {weekly_reset:s}", "<1m 42s");
    assert_wrong("{top_reset:m}", "a wrong argument of {top_reset} at character 12; it takes s,");
    assert_wrong("{top_pct:s}", "a wrong argument of {top_pct} at character 10; it takes none");
    assert_wrong("{icon:}", "it takes none");
}

static void test_the_pace(void)
{
    struct snapshot *even = fixture_snapshot_with(55);

    assert_renders(fixture_snapshot(), "{session_pace} {weekly_pace} {session_runs_out}",
                   "↑15 ↓44 1h 9m");
    assert_renders(even, "{session_pace}", "→");
    assert_renders(fixture_one_window(WINDOW_WEEKLY, 5, 0), "[{weekly_pace}{weekly_runs_out}]",
                   "[]");
}

static void test_what_is_left(void)
{
    assert_renders_stored(fixture_stored(fixture_snapshot(), 0, NULL),
                          (struct view_settings){.remaining = true},
                          "{session_pct} {session_used_pct} {session_left_pct} {session_left} "
                          "{session_used}",
                          "30 70 30 61 139");
}

static void test_other_placeholders(void)
{
    assert_renders(fixture_snapshot(), "{age}, {state}, {session_label}, {session_reset_at}",
                   "2 min ago, fresh, 5-hour, 13:33");
    assert_renders_stored(fixture_stored(fixture_snapshot(), 0, NULL),
                          (struct view_settings){.window = WINDOW_WEEKLY},
                          "{top_label} {top_reset_at}", "Weekly Fri 15:23");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sections/one-of-two-texts", test_one_of_two_texts);
    g_test_add_func("/sections/in-sections", test_sections_in_sections);
    g_test_add_func("/sections/characters-of-the-grammar", test_characters_of_the_grammar);
    g_test_add_func("/sections/mistakes", test_mistakes);
    g_test_add_func("/sections/conditions-of-windows", test_conditions_of_windows);
    g_test_add_func("/sections/the-severity-of-the-line", test_the_severity_of_the_line);
    g_test_add_func("/sections/conditions-of-placeholders", test_conditions_of_placeholders);
    g_test_add_func("/sections/conditions-of-the-view", test_conditions_of_the_view);
    g_test_add_func("/sections/which-templates-use-refreshing",
                    test_which_templates_use_refreshing);
    g_test_add_func("/fields/bars", test_bars);
    g_test_add_func("/fields/arguments", test_arguments);
    g_test_add_func("/fields/the-pace", test_the_pace);
    g_test_add_func("/fields/what-is-left", test_what_is_left);
    g_test_add_func("/fields/other-placeholders", test_other_placeholders);
    return g_test_run();
}
