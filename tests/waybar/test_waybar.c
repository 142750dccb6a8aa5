#include "tests/common/fixtures.h"
#include "waybar/waybar.h"

#include <math.h>
#include <string.h>

#define TOOLTIP(rows, end)                                                                         \
    "\"tooltip\":\"<b>Kimi Code</b> · Allegretto\\n<tt>" rows                                      \
    "</tt>\\nExtra usage: 100.00 USD left\\n" end "\""
#define WEEKLY  "Weekly  ━─────────────  10%  214/2048\\n        resets Fri 15:23, in 3d 4h\\n"
#define SESSION "\\n        resets 13:33, in 2h 14m"

static char *render_line(const struct line *line, const struct palette *palette)
{
    const struct adapter_options options = {0};

    return waybar_adapter.render(line, palette, &options);
}

/* Takes ownership of the line. Renders it without colours, which have a test of their own. */
static void assert_renders(struct line *line, const char *expected)
{
    g_autofree char *output = render_line(line, NULL);

    g_assert_cmpstr(output, ==, expected);
    g_assert_null(waybar_adapter.status); /* always 0 */
    line_free(line);
}

static char *replace(const char *text, const char *what, const char *with)
{
    g_auto(GStrv) pieces = g_strsplit(text, what, -1);

    return g_strjoinv(with, pieces);
}

/* The same as a user sees it: monospaced pieces joined, no-break spaces as spaces, and without the
 * small lines between limits. */
static void assert_looks(struct line *line, const char *expected)
{
    g_autofree char *output = render_line(line, NULL);
    g_autofree char *joined = replace(output, "</tt><tt>", "");
    g_autofree char *spaces = replace(joined, "\u00a0", " ");
    g_autofree char *near = replace(spaces, "<span size='3000'> </span>\\n", "");
    g_autofree char *text = replace(near, "</tt>\\n<tt>", "\\n");

    g_assert_cmpstr(text, ==, expected);
    line_free(line);
}

static struct line *draw_fresh(double percent)
{
    return fixture_old_line(fixture_snapshot_with(percent), 120, 0, NULL);
}

static void test_ok(void)
{
    assert_looks(draw_fresh(20),
                 "{\"text\":\"Kimi 10% · 5h 20% · 2h 14m\",\"alt\":\"ok\"," TOOLTIP(
                     WEEKLY "5-hour  ━━━───────────  20%    40/200" SESSION,
                     "updated 2 min ago · api-key") ",\"class\":[\"ok\",\"fresh\",\"kimi\"],"
                                                    "\"percentage\":20}\n");
}

static void test_warning(void)
{
    assert_looks(draw_fresh(69.5),
                 "{\"text\":\"Kimi 10% · 5h 70% · 2h 14m\",\"alt\":\"warning\"," TOOLTIP(
                     WEEKLY "5-hour  ━━━━━━━━━━────  70%   139/200" SESSION
                            "\\n        15 points ahead · empty in 1h 9m",
                     "updated 2 min ago · api-key") ",\"class\":[\"warning\",\"fresh\",\"kimi\"],"
                                                    "\"percentage\":70}\n");
}

static void test_critical_is_not_yet_a_hundred(void)
{
    assert_looks(draw_fresh(99.6),
                 "{\"text\":\"Kimi 10% · 5h 99% · 2h 14m\",\"alt\":\"critical\"," TOOLTIP(
                     WEEKLY "5-hour  ━━━━━━━━━━━━━─  99%   199/200" SESSION
                            "\\n        45 points ahead · empty now",
                     "updated 2 min ago · api-key") ",\"class\":[\"critical\",\"fresh\",\"kimi\"],"
                                                    "\"percentage\":99}\n");
}

static void test_exhausted(void)
{
    assert_looks(
        draw_fresh(170),
        "{\"text\":\"Kimi 10% · 5h 170% · 2h 14m\",\"alt\":\"exhausted\"," TOOLTIP(
            "Weekly  ━─────────────   10%  214/2048\\n        resets Fri 15:23, in 3d 4h\\n"
            "5-hour  ━━━━━━━━━━━━━━  170%   340/200" SESSION,
            "updated 2 min ago · api-key") ",\"class\":[\"exhausted\",\"fresh\",\"kimi\"],"
                                           "\"percentage\":100}\n");
}

static void test_stale(void)
{
    assert_looks(fixture_old_line(fixture_snapshot_with(20), 7200, 0, NULL),
                 "{\"text\":\"Kimi 10% · 5h 20% · 2h 14m\",\"alt\":\"stale\"," TOOLTIP(
                     WEEKLY "5-hour  ━━━───────────  20%    40/200" SESSION
                            "\\n        5 points ahead · empty in 1h 3m",
                     "updated 2 h ago · api-key") ",\"class\":[\"ok\",\"stale\",\"kimi\"],"
                                                  "\"percentage\":20}\n");
}

static void test_stale_with_an_error(void)
{
    assert_looks(
        fixture_old_line(fixture_snapshot_with(95), 7200, USAGE_ERROR_NETWORK, "no answer <&>"),
        "{\"text\":\"Kimi 10% · 5h 95% · 2h 14m\",\"alt\":\"stale\"," TOOLTIP(
            WEEKLY "5-hour  ━━━━━━━━━━━━━─  95%   190/200" SESSION
                   "\\n        80 points ahead · empty now",
            "updated 2 h ago · api-key\\nthe last refresh failed (1 min ago):\\n"
            "no answer &lt;&amp;&gt;") ",\"class\":[\"critical\",\"stale\",\"network\",\"kimi\"],"
                                       "\"percentage\":95}\n");
}

static void test_each_error(void)
{
    static const char *const names[] = {"auth",         "config", "plan",    "network",
                                        "rate-limited", "server", "payload", "internal"};

    for (int kind = USAGE_ERROR_AUTH; kind <= USAGE_ERROR_INTERNAL; kind++) {
        g_autofree char *expected = g_strdup_printf(
            "{\"text\":\"Kimi ! %s\",\"alt\":\"error\",\"tooltip\":\"<b>Kimi</b>\\ndo this\","
            "\"class\":[\"error\",\"%s\",\"kimi\"]}\n",
            view_error_hint((enum usage_error)kind), names[kind]);
        assert_renders(fixture_old_line(NULL, 0, (enum usage_error)kind, "do this"), expected);
    }
}

static void test_a_credential_that_is_renewed_is_no_alarm(void)
{
    struct stored stored = fixture_stored(NULL, USAGE_ERROR_AUTH, "run <kimi>");

    stored.attempt.expired_at = FIXTURE_NOW - 60;
    assert_renders(fixture_line(stored, NULL, (struct line_formats){0}),
                   "{\"text\":\"Kimi –\",\"alt\":\"loading\","
                   "\"tooltip\":\"<b>Kimi</b>\\nrun &lt;kimi&gt;\","
                   "\"class\":[\"loading\",\"kimi\"]}\n");
}

static void test_loading(void)
{
    assert_renders(fixture_old_line(NULL, 0, 0, NULL),
                   "{\"text\":\"Kimi …\",\"alt\":\"loading\","
                   "\"tooltip\":\"<b>Kimi</b>\\nasking for the usage…\","
                   "\"class\":[\"loading\",\"kimi\"]}\n");
}

static void test_unknown_values(void)
{
    assert_looks(fixture_old_line(fixture_one_window("weekly", NAN, 0), 0, 0, NULL),
                 "{\"text\":\"Kimi –\",\"alt\":\"unknown\",\"tooltip\":\"<b>Kimi Code</b>\\n"
                 "<tt>weekly  ──────────────  –</tt>\\nupdated just now\","
                 "\"class\":[\"fresh\",\"kimi\"]}\n");
}

static void test_the_tooltip_alone_is_colored(void)
{
    autoptr(line) line = fixture_old_line(fixture_one_window("w", 50, 0), 0, 0, NULL);
    g_autofree char *output = render_line(line, &palette_default);

    g_assert_cmpstr(output, ==,
                    "{\"text\":\"Kimi w 50%\",\"alt\":\"ok\",\"tooltip\":\"<b><span "
                    "foreground='#7aa2f7'>Kimi Code"
                    "</span></b>\\n<span size='3000'> </span>\\n<tt>w\u00a0\u00a0</tt>"
                    "<tt><span foreground='#9ece6a'>━━━━━━━</span></tt>"
                    "<tt><span foreground='#7982a9'>───────</span></tt><tt>\u00a0\u00a0</tt>"
                    "<tt><span foreground='#9ece6a'>50%</span></tt>\\n"
                    "<span size='3000'> </span>\\n"
                    "<span foreground='#7982a9'>updated just now</span>\","
                    "\"class\":[\"ok\",\"fresh\",\"kimi\"],\"percentage\":50}\n");
}

static void test_columns_have_the_font_of_the_settings(void)
{
    autoptr(line) line = fixture_old_line(fixture_one_window("w", 50, 0), 0, 0, NULL);
    const struct palette palette = {.font = "JetBrains Mono"};
    g_autofree char *output = render_line(line, &palette);

    assert_contains(output, "<span font_family='JetBrains Mono'>w\u00a0\u00a0</span>");
    g_assert_null(strstr(output, "<tt>"));
}

static void test_the_text_is_colored_if_that_is_wanted(void)
{
    const struct adapter_options options = {.inline_colors = true};
    autoptr(line) line = fixture_old_line(fixture_one_window("w", 50, 0), 0, 0, NULL);
    g_autofree char *colored = waybar_adapter.render(line, &palette_default, &options);
    g_autofree char *plain = waybar_adapter.render(line, NULL, &options);

    assert_contains(colored, "\"text\":\"Kimi w <span foreground='#9ece6a'>50%</span>\"");
    assert_contains(plain, "\"text\":\"Kimi w 50%\"");
}

static void test_nothing_can_be_injected(void)
{
    struct snapshot *snapshot = fixture_one_window("\"<b>&", 50, 0);
    autoptr(line) line = NULL;

    snapshot->plan = g_strdup("a\n\"}\033\u202e\xff<i>");
    line = fixture_old_line(snapshot, 0, 0, NULL);
    g_autofree char *output = render_line(line, NULL);
    assert_contains(output, "\"text\":\"Kimi &quot;&lt;b&gt;&amp; 50%\"");
    assert_contains(output, " · a &quot;}  \xef\xbf\xbd&lt;i&gt;\\n");
    g_assert_true(strchr(output, '\n') == output + strlen(output) - 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/waybar/ok", test_ok);
    g_test_add_func("/waybar/warning", test_warning);
    g_test_add_func("/waybar/critical-is-not-yet-a-hundred", test_critical_is_not_yet_a_hundred);
    g_test_add_func("/waybar/exhausted", test_exhausted);
    g_test_add_func("/waybar/stale", test_stale);
    g_test_add_func("/waybar/stale-with-an-error", test_stale_with_an_error);
    g_test_add_func("/waybar/each-error", test_each_error);
    g_test_add_func("/waybar/a-credential-that-is-renewed-is-no-alarm",
                    test_a_credential_that_is_renewed_is_no_alarm);
    g_test_add_func("/waybar/loading", test_loading);
    g_test_add_func("/waybar/unknown-values", test_unknown_values);
    g_test_add_func("/waybar/the-tooltip-alone-is-colored", test_the_tooltip_alone_is_colored);
    g_test_add_func("/waybar/columns-have-the-font-of-the-settings",
                    test_columns_have_the_font_of_the_settings);
    g_test_add_func("/waybar/inline-colors", test_the_text_is_colored_if_that_is_wanted);
    g_test_add_func("/waybar/nothing-can-be-injected", test_nothing_can_be_injected);
    return g_test_run();
}
