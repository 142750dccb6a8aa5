#include "common/draw/markup.h"
#include "common/draw/template.h"
#include "tests/common/fixtures.h"

#include <math.h>

static void assert_renders(struct snapshot *snapshot, const char *template, const char *expected)
{
    autoclear(stored) stored = fixture_stored(snapshot, 0, NULL);
    autoptr(view) view = fixture_view(&stored);
    autoptr(canvas) canvas = canvas_new();

    template_draw(fixture_template(template), view, canvas);
    g_autofree char *text = markup_render(canvas, &markup_plain, NULL);
    g_assert_cmpstr(text, ==, expected);
}

static void assert_wrong(const char *text, const char *message)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(template_parse(text, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
    assert_contains(error->message, message);
}

static void test_the_text_is_kept(void)
{
    g_assert_cmpstr(fixture_template("a{?ok {{}\\n")->text, ==, "a{?ok {{}\\n");
}

static void test_general_placeholders(void)
{
    assert_renders(fixture_snapshot(), "{icon} {name}: {plan}", "Kimi Kimi Code: Allegretto");
}

static void test_placeholders_of_a_window(void)
{
    assert_renders(fixture_snapshot(),
                   "{session_pct} {session_left_pct} {session_reset} {session_used} "
                   "{session_limit}",
                   "70 30 2h 14m 139 200");
    assert_renders(fixture_snapshot(), "{weekly_pct}% {weekly_reset}", "10% 3d 4h");
    assert_renders(fixture_snapshot(), "{top_pct}% {top_reset}", "70% 2h 14m");
}

/* A month of which code was 28.4 %. */
static struct snapshot *snapshot_with_share(double percent, gint64 resets_at)
{
    struct snapshot *snapshot = fixture_one_window(WINDOW_MONTHLY, percent, resets_at);

    window_add_share(snapshot->windows->pdata[0], "other", "Chat", 7);
    window_add_share(snapshot->windows->pdata[0], "code", "Code", 28.4);
    return snapshot;
}

static void test_the_share_of_code(void)
{
    static const char template[] = "{monthly_code_pct} {monthly_code_label}"
                                   "{?monthly_code , known}{?monthly_code_pct , has a value}";
    struct snapshot *before = snapshot_with_share(42, FIXTURE_NOW - 10);
    struct snapshot *window = fixture_one_window("monthly_code", 42, 0);

    before->fetched_at = FIXTURE_NOW - 20;
    assert_renders(snapshot_with_share(42, 0), template, "28 Code, known, has a value");
    assert_renders(snapshot_with_share(NAN, 0), template, "28 Code, known, has a value");
    assert_renders(before, template, "– –");
    assert_renders(fixture_one_window(WINDOW_MONTHLY, 42, 0), template, "– –");
    assert_renders(window, template, "– –");
}

static void test_what_the_share_of_code_lacks_is_told_with_what_says_it_now(void)
{
    static const struct {
        const char *old, *now;
    } names[] = {
        {"{monthly_code_left_pct}", "{monthly_code_pct}"},
        {"{monthly_code_used_pct}", "{monthly_code_pct}"},
        {"{monthly_code_bar}", "{monthly_code_pct}"},
        {"{monthly_code_reset}", "{monthly_reset}"},
        {"{monthly_code_pace}", "{monthly_pace}"},
        {"{?monthly_code_critical !}", "{?monthly_critical}"},
        {"{?monthly_code_reset !}", "{?monthly_reset}"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *advice = g_strdup_printf("did you mean %s?", names[i].now);

        g_assert_null(template_parse(names[i].old, &error));
        g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
        assert_contains(error->message, advice);
    }
}

static void test_similar_names_are_not_mixed_up(void)
{
    assert_renders(snapshot_with_share(42, 0), "{monthly_code_pct} {monthly_pct}", "28 42");
}

static void test_what_is_not_known_is_a_dash(void)
{
    autoptr(snapshot) nothing = snapshot_new("kimi", "Kimi Code");

    nothing->fetched_at = FIXTURE_NOW;
    assert_renders(g_steal_pointer(&nothing), "{plan} {top_pct} {session_used} {weekly_reset}",
                   "– – – –");
    assert_renders(fixture_one_window(WINDOW_SESSION, NAN, 0),
                   "{session_pct} {session_left_pct} {session_reset} {session_used} "
                   "{session_limit}",
                   "– – – – –");
}

static void test_a_period_that_is_over_is_a_dash(void)
{
    struct snapshot *snapshot = fixture_snapshot_with(100);
    struct window *session = snapshot->windows->pdata[1];

    session->resets_at = FIXTURE_NOW - 1;
    assert_renders(snapshot, "{session_pct} {session_left_pct} {session_used} {session_reset}",
                   "– – – now");
}

static void test_used_and_left_make_a_hundred(void)
{
    assert_renders(fixture_snapshot_with(99.6), "{session_pct} {session_left_pct}", "99 1");
    assert_renders(fixture_snapshot_with(0.4), "{session_pct} {session_left_pct}", "0 100");
    assert_renders(fixture_snapshot_with(69.5), "{session_pct} {session_left_pct}", "70 30");
    assert_renders(fixture_snapshot_with(170), "{session_pct} {session_left_pct}", "170 0");
}

static void test_braces_and_line_breaks(void)
{
    assert_renders(fixture_snapshot(), "{{{icon}}}\\n\n\\x", "{Kimi}\n\n\\x");
    assert_renders(fixture_snapshot(), "", "");
}

static void test_without_a_snapshot_windows_are_dashes(void)
{
    autoclear(stored) stored = fixture_stored(NULL, USAGE_ERROR_AUTH, "x");
    autoptr(view) view = fixture_view(&stored);
    autoptr(canvas) canvas = canvas_new();

    template_draw(fixture_template("{name} {plan} {top_pct} {weekly_reset}"), view, canvas);
    g_autofree char *text = markup_render(canvas, &markup_plain, NULL);
    g_assert_cmpstr(text, ==, "kimi – – –");
}

static void test_text_of_a_provider_is_not_a_template(void)
{
    struct snapshot *snapshot = fixture_snapshot();

    g_free(snapshot->plan);
    snapshot->plan = g_strdup("{top_pct}\\n<b>");
    assert_renders(snapshot, "{plan}", "{top_pct}\\n<b>");
}

static void test_mistakes_are_named(void)
{
    assert_wrong("{nothing}",
                 "unknown placeholder {nothing} at character 1; usageline-template(7)");
    assert_wrong("{icon} and {nothing}", "unknown placeholder {nothing} at character 12");
    assert_wrong("{}", "unknown placeholder {}");
    assert_wrong("{session}",
                 "unknown placeholder {session} at character 1; did you mean {session_pct}?");
    assert_wrong("{session_}", "did you mean {session_pct}?");
    assert_wrong("{Session_pct}", "did you mean {session_pct}?");
    assert_wrong("{window_2h_rest}", "did you mean {window_2h_reset}?");
    assert_wrong("{window_pct}", "unknown placeholder {window_pct}");
    assert_wrong("é{icon", "a { without its } at character 2; write {{ or }} for a brace itself");
    assert_wrong("{icon {name}}", "a { without its } at character 1");
    assert_wrong("ab}", "a } without its { at character 3");
    assert_wrong("\xff\xff{", "at character 3");
}

static void test_the_place_is_shown(void)
{
    assert_wrong("{icon} {sesion_pct}%", "the format has an unknown placeholder {sesion_pct} at "
                                         "character 8; did you mean {session_pct}?\n"
                                         "  {icon} {sesion_pct}%\n"
                                         "         ^");
    /* The caret is placed by columns, of which these characters take two each. */
    assert_wrong("五小时}", "at character 4; write {{ or }} for a brace itself\n"
                            "  五小时}\n"
                            "        ^");
    assert_wrong("a\nb\t}", "\n  a b }\n      ^");
    assert_wrong("0123456789 0123456789 0123456789 0123456789 {x} 0123456789 0123456789 0123456789",
                 "\n  …3456789 0123456789 0123456789 {x} 0123456789 0123456789 0123…\n"
                 "                                 ^");
}

static void test_placeholders_are_listed(void)
{
    g_autofree char *list = template_placeholders();

    assert_contains(list, "{icon} {name} {plan} {age} {state} {monthly_code_pct} "
                          "{monthly_code_label} {session_pct} {session_used_pct}");
    assert_contains(list, "{session_runs_out} and the same of {weekly_…} {monthly_…}");
    assert_contains(list, "{top_…}");
}

static void test_the_number_has_the_role_of_its_window(void)
{
    autoclear(stored) stored = fixture_stored(fixture_snapshot(), 0, NULL);
    autoptr(view) view = fixture_view(&stored);
    autoptr(canvas) canvas = canvas_new();

    template_draw(fixture_template("{weekly_pct}{session_pct}{top_reset}"), view, canvas);
    g_assert_cmpint(g_array_index(canvas->spans, struct span, 0).role, ==, ROLE_OK);
    g_assert_cmpint(g_array_index(canvas->spans, struct span, 1).role, ==, ROLE_WARNING);
    g_assert_cmpint(g_array_index(canvas->spans, struct span, 2).role, ==, ROLE_NORMAL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/template/the-text-is-kept", test_the_text_is_kept);
    g_test_add_func("/template/general-placeholders", test_general_placeholders);
    g_test_add_func("/template/placeholders-of-a-window", test_placeholders_of_a_window);
    g_test_add_func("/template/the-share-of-code", test_the_share_of_code);
    g_test_add_func("/template/what-the-share-of-code-lacks",
                    test_what_the_share_of_code_lacks_is_told_with_what_says_it_now);
    g_test_add_func("/template/similar-names-are-not-mixed-up",
                    test_similar_names_are_not_mixed_up);
    g_test_add_func("/template/what-is-not-known-is-a-dash", test_what_is_not_known_is_a_dash);
    g_test_add_func("/template/a-period-that-is-over-is-a-dash",
                    test_a_period_that_is_over_is_a_dash);
    g_test_add_func("/template/used-and-left-make-a-hundred", test_used_and_left_make_a_hundred);
    g_test_add_func("/template/braces-and-line-breaks", test_braces_and_line_breaks);
    g_test_add_func("/template/without-a-snapshot-windows-are-dashes",
                    test_without_a_snapshot_windows_are_dashes);
    g_test_add_func("/template/text-of-a-provider-is-not-a-template",
                    test_text_of_a_provider_is_not_a_template);
    g_test_add_func("/template/mistakes-are-named", test_mistakes_are_named);
    g_test_add_func("/template/the-place-is-shown", test_the_place_is_shown);
    g_test_add_func("/template/placeholders-are-listed", test_placeholders_are_listed);
    g_test_add_func("/template/the-number-has-the-role-of-its-window",
                    test_the_number_has_the_role_of_its_window);
    return g_test_run();
}
