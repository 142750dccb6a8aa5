#include "common/base/text.h"
#include "common/draw/markup.h"
#include "common/draw/tooltip.h"
#include "tests/common/fixtures.h"

#include <math.h>
#include <string.h>

static char *draw_with(const struct view_settings *settings, const struct stored *stored)
{
    autoptr(view) view = view_new("kimi", stored, settings, FIXTURE_NOW);
    autoptr(canvas) canvas = canvas_new();

    tooltip_draw(view, canvas);
    return markup_render(canvas, &markup_plain, NULL);
}

/* Clears `stored`. The caller frees the text. */
static char *draw_plain(struct stored stored)
{
    autoptr(view) view = fixture_view(&stored);
    char *text = draw_with(&view->settings, &stored);

    stored_clear(&stored);
    return text;
}

static void assert_draws(struct stored stored, const char *expected)
{
    g_autofree char *text = draw_plain(stored);

    g_assert_cmpstr(text, ==, expected);
}

static void assert_draws_part(struct stored stored, const char *part)
{
    g_autofree char *text = draw_plain(stored);

    assert_contains(text, part);
}

static struct stored store_fresh(struct snapshot *snapshot)
{
    return fixture_stored(snapshot, 0, NULL);
}

static void test_a_row_per_window_in_columns(void)
{
    assert_draws(store_fresh(fixture_snapshot()), "Kimi Code · Allegretto\n"
                                                  " \n"
                                                  "Weekly  ━─────────────  10%  214/2048\n"
                                                  "        resets Fri 15:23, in 3d 4h\n"
                                                  " \n"
                                                  "5-hour  ━━━━━━━━━━────  70%   139/200\n"
                                                  "        resets 13:33, in 2h 14m\n"
                                                  "        15 points ahead · empty in 1h 9m\n"
                                                  "Extra usage: 100.00 USD left\n"
                                                  " \n"
                                                  "updated 2 min ago · api-key");
}

static void test_shares_are_a_remark(void)
{
    struct snapshot *snapshot = fixture_one_window("Month", 42, 0);
    struct snapshot *over = fixture_one_window("Month", 42, FIXTURE_NOW - 60);

    window_add_share(snapshot->windows->pdata[0], "code", "<b>Code", 28.54);
    window_add_share(snapshot->windows->pdata[0], "chat", "Chat", 7.02);
    assert_draws(store_fresh(snapshot), "Kimi Code\n"
                                        " \n"
                                        "Month  ━━━━━━────────  42%\n"
                                        "       of it <b>Code 28.5 %, Chat 7 %\n"
                                        " \n"
                                        "updated just now");
    over->fetched_at = FIXTURE_NOW - 120;
    window_add_share(over->windows->pdata[0], "code", "Code", 28.54);
    g_autofree char *text = draw_plain(store_fresh(over));
    g_assert_null(strstr(text, "of it"));
}

static void assert_draws_balance(double amount, double spent, double cap, const char *currency,
                                 const char *expected)
{
    struct snapshot *snapshot = fixture_one_window("w", NAN, 0);
    struct balance *balance =
        snapshot_add_balance(snapshot, "extra", "Extra usage", amount, currency);
    g_autofree char *all =
        g_strdup_printf("Kimi Code\n \nw  ──────────────  –\n%s \nupdated just now", expected);

    balance->spent = spent;
    balance->cap = cap;
    assert_draws(store_fresh(snapshot), all);
}

static void test_balances(void)
{
    assert_draws_balance(100, 50, 200, "USD",
                         "Extra usage: 100.00 USD left\n"
                         "  50.00 of 200.00 spent this month\n");
    assert_draws_balance(100, 50, NAN, "USD",
                         "Extra usage: 100.00 USD left\n  50.00 spent this month\n");
    assert_draws_balance(NAN, 50, 200, "USD",
                         "Extra usage: 50.00 of 200.00 USD spent this month\n");
    assert_draws_balance(NAN, 50, NAN, NULL, "Extra usage: 50.00 spent this month\n");
    assert_draws_balance(100, NAN, 200, NULL, "Extra usage: 100.00 left\n");
    assert_draws_balance(NAN, NAN, 200, "USD", "");
}

static void test_a_credential_that_is_renewed_is_no_alarm(void)
{
    struct stored stored = fixture_stored(fixture_snapshot(), USAGE_ERROR_AUTH, "run <kimi>");
    autoptr(view) view = NULL;
    autoptr(canvas) canvas = canvas_new();

    stored.attempt.expired_at = FIXTURE_NOW - 90;
    view = fixture_view(&stored);
    tooltip_draw(view, canvas);
    for (guint i = 0; i < canvas->spans->len; i++)
        g_assert_cmpint(g_array_index(canvas->spans, struct span, i).role, !=, ROLE_ERROR);
    assert_draws_part(stored, "updated 2 min ago · api-key\n"
                              "no new numbers since 11:17:\n"
                              "run <kimi>");
}

static void test_the_source_in_words(void)
{
    struct snapshot *snapshot = fixture_snapshot();

    snapshot->source_label = g_strdup("API key");
    assert_draws_part(store_fresh(snapshot), "updated 2 min ago · API key");
}

static void test_numbers_of_other_settings_say_so(void)
{
    struct snapshot *snapshot = fixture_snapshot();

    snapshot->has_other_settings = true;
    assert_draws_part(store_fresh(snapshot), "updated 2 min ago · api-key\n"
                                             "fetched with settings that have changed since");
}

static void test_what_is_left(void)
{
    static const struct view_settings settings = {.thresholds = {.warning = 70, .critical = 90},
                                                  .interval = 300,
                                                  .remaining = true,
                                                  .gauge = {.is_colorless = true}};
    autoclear(stored) stored = store_fresh(fixture_snapshot());
    g_autofree char *text = draw_with(&settings, &stored);

    g_assert_cmpstr(text, ==,
                    "Kimi Code · Allegretto\n"
                    " \n"
                    "Weekly  ━━━━━━━━━━━━━─  90% left  1834/2048\n"
                    "        resets Fri 15:23, in 3d 4h\n"
                    " \n"
                    "5-hour  ━━━━──────────  30% left     61/200\n"
                    "        resets 13:33, in 2h 14m\n"
                    "        15 points ahead · empty in 1h 9m\n"
                    "Extra usage: 100.00 USD left\n"
                    " \n"
                    "updated 2 min ago · api-key");
}

static void assert_no_line_is_wider(const char *text, guint columns)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line; line++)
        g_assert_cmpuint(text_columns(*line), <=, columns);
}

/* Wider lines are broken by Waybar's tooltip in usual fonts. */
static void test_lines_are_narrow(void)
{
    struct snapshot *snapshot = fixture_snapshot_with(1234567);
    struct window *other =
        snapshot_add_window(snapshot, "window_3h", "A limit with a name that has no end");

    other->used_percent = 50;
    window_add_share(other, "a", "A share with a name that has no end", 28.54);
    snapshot_add_balance(snapshot, "b", "A balance with a name that has no end", 1, "USD");
    g_free(snapshot->plan);
    snapshot->plan = g_strdup("A plan with a name that has no end, 一二三四五六七八九十");
    snapshot->source_label = g_strdup("A source with a name that has no end");
    g_autofree char *text = draw_plain(store_fresh(snapshot));
    assert_no_line_is_wider(text, 46);
    assert_contains(text, "\nA limit with…  ━━━━");
}

static void test_a_gauge_of_the_users_own(void)
{
    struct view_settings settings = {.interval = 300,
                                     .gauge = {.full = "#", .rest = ".", .cells = 4}};
    autoclear(stored) stored = store_fresh(fixture_one_window("w", 50, 0));
    g_autofree char *text = draw_with(&settings, &stored);

    assert_contains(text, "\nw  ##..  50%\n");
}

static void test_with_colours_a_gauge_is_one_line(void)
{
    struct view_settings settings = {.interval = 300};
    autoclear(stored) stored = store_fresh(fixture_one_window("w", 50, 0));
    g_autofree char *text = draw_with(&settings, &stored);

    assert_contains(text, "\nw  ━━━━━━━━━━━━━━  50%\n");
}

/* Only what the user may have to act on: not what is saved, nor what is used up already. */
static void test_a_pace_is_a_warning_or_nothing(void)
{
    struct snapshot *snapshot = fixture_snapshot_with(200);
    g_autofree char *text = draw_plain(store_fresh(snapshot));

    g_assert_null(strstr(text, "ahead"));
    g_assert_null(strstr(text, "reserve"));
}

static void test_a_terminal_needs_no_space_between_limits(void)
{
    struct view_settings settings = {.interval = 300, .columns = 80};
    autoclear(stored) stored = store_fresh(fixture_snapshot());
    g_autofree char *text = draw_with(&settings, &stored);

    g_assert_null(strstr(text, "\n \n"));
}

/* Each row has the same number of wide characters and of narrow ones, because fonts differ in how
 * many narrow ones are as wide as a wide one. */
static void test_columns_of_wide_labels(void)
{
    struct snapshot *snapshot = fixture_one_window("一週", 5, 0);
    struct window *other = snapshot_add_window(snapshot, "window_2h", "2h");

    other->used_percent = 100;
    assert_draws(store_fresh(snapshot), "Kimi Code\n"
                                        " \n"
                                        "一週    ━─────────────    5%\n"
                                        " \n"
                                        "2h  \u3000\u3000━━━━━━━━━━━━━━  100%\n"
                                        " \n"
                                        "updated just now");
}

static void test_what_is_not_known_is_left_out(void)
{
    assert_draws(store_fresh(fixture_one_window("Weekly", NAN, 0)), "Kimi Code\n"
                                                                    " \n"
                                                                    "Weekly  ──────────────  –\n"
                                                                    " \n"
                                                                    "updated just now");
}

static void test_a_bar_is_full_only_when_nothing_is_left(void)
{
    assert_draws_part(store_fresh(fixture_one_window("w", 99.9, 0)), "w  ━━━━━━━━━━━━━─  99%");
    assert_draws_part(store_fresh(fixture_one_window("w", 100, 0)), "w  ━━━━━━━━━━━━━━  100%");
    assert_draws_part(store_fresh(fixture_one_window("w", 1e5, 0)), "w  ━━━━━━━━━━━━━━  100000%");
}

static void test_a_bar_is_empty_only_when_nothing_is_used(void)
{
    assert_draws_part(store_fresh(fixture_one_window("w", 0.4, 0)), "w  ──────────────  0%");
    assert_draws_part(store_fresh(fixture_one_window("w", 0.6, 0)), "w  ━─────────────  1%");
}

static void test_a_period_that_is_over(void)
{
    struct snapshot *snapshot = fixture_snapshot_with(100);
    struct window *session = snapshot->windows->pdata[1];

    session->resets_at = FIXTURE_NOW - 60;
    assert_draws_part(store_fresh(snapshot), "5-hour  ──────────────    –\n"
                                             "        reset 11:17, nothing known since\n");
}

static void test_a_reset_that_the_service_is_late_with(void)
{
    struct snapshot *snapshot = fixture_snapshot_with(50);
    struct window *session = snapshot->windows->pdata[1];

    session->resets_at = snapshot->fetched_at - 60; /* it was asked since */
    assert_draws_part(store_fresh(snapshot), "50%   100/200\n"
                                             "        resets 11:15, about now");
}

static void test_stale_says_how_old_and_why(void)
{
    struct snapshot *snapshot = fixture_snapshot();

    snapshot->fetched_at = FIXTURE_NOW - 7200;
    assert_draws_part(fixture_stored(snapshot, USAGE_ERROR_NETWORK, "no answer.\nTry it later"),
                      "updated 2 h ago · api-key\n"
                      "the last refresh failed (1 min ago):\n"
                      "no answer.\nTry it later");
}

static void test_a_clock_that_jumped_is_told(void)
{
    struct snapshot *snapshot = fixture_snapshot();

    snapshot->fetched_at = FIXTURE_NOW + 86400;
    assert_draws_part(store_fresh(snapshot), "updated in the future");
}

static void test_an_error_says_what_to_do(void)
{
    assert_draws(fixture_stored(NULL, USAGE_ERROR_AUTH,
                                "Kimi refuses the API key that is stored in a file with a name. "
                                "Make a new one and run `usageline config set-api-key`."),
                 "Kimi\n"
                 "Kimi refuses the API key that is stored in a\n"
                 "file with a name. Make a new one and run\n"
                 "`usageline config set-api-key`.");
}

static void test_loading(void)
{
    assert_draws((struct stored){0}, "Kimi\nasking for the usage…");
}

static void test_without_a_title_it_begins_at_the_top(void)
{
    autoclear(stored) stored = fixture_stored(NULL, USAGE_ERROR_AUTH, "sign in");
    const struct view_settings settings = {.interval = 300, .icon = ""};
    g_autofree char *text = draw_with(&settings, &stored);

    g_assert_cmpstr(text, ==, "sign in");
}

static void test_broken_utf8_in_a_message(void)
{
    assert_draws(fixture_stored(NULL, USAGE_ERROR_CONFIG, "/tmp/\xf0: no such file"),
                 "Kimi\n/tmp/\xef\xbf\xbd: no such file");
    assert_draws(fixture_stored(NULL, USAGE_ERROR_CONFIG, "a \xf0"), "Kimi\na \xef\xbf\xbd");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/tooltip/a-row-per-window-in-columns", test_a_row_per_window_in_columns);
    g_test_add_func("/tooltip/shares-are-a-remark", test_shares_are_a_remark);
    g_test_add_func("/tooltip/balances", test_balances);
    g_test_add_func("/tooltip/a-credential-that-is-renewed-is-no-alarm",
                    test_a_credential_that_is_renewed_is_no_alarm);
    g_test_add_func("/tooltip/the-source-in-words", test_the_source_in_words);
    g_test_add_func("/tooltip/numbers-of-other-settings-say-so",
                    test_numbers_of_other_settings_say_so);
    g_test_add_func("/tooltip/what-is-left", test_what_is_left);
    g_test_add_func("/tooltip/lines-are-narrow", test_lines_are_narrow);
    g_test_add_func("/tooltip/a-gauge-of-the-users-own", test_a_gauge_of_the_users_own);
    g_test_add_func("/tooltip/with-colours-a-gauge-is-one-line",
                    test_with_colours_a_gauge_is_one_line);
    g_test_add_func("/tooltip/a-pace-is-a-warning-or-nothing", test_a_pace_is_a_warning_or_nothing);
    g_test_add_func("/tooltip/a-terminal-needs-no-space-between-limits",
                    test_a_terminal_needs_no_space_between_limits);
    g_test_add_func("/tooltip/columns-of-wide-labels", test_columns_of_wide_labels);
    g_test_add_func("/tooltip/what-is-not-known-is-left-out", test_what_is_not_known_is_left_out);
    g_test_add_func("/tooltip/a-bar-is-full-only-when-nothing-is-left",
                    test_a_bar_is_full_only_when_nothing_is_left);
    g_test_add_func("/tooltip/a-bar-is-empty-only-when-nothing-is-used",
                    test_a_bar_is_empty_only_when_nothing_is_used);
    g_test_add_func("/tooltip/a-period-that-is-over", test_a_period_that_is_over);
    g_test_add_func("/tooltip/a-reset-that-the-service-is-late-with",
                    test_a_reset_that_the_service_is_late_with);
    g_test_add_func("/tooltip/stale-says-how-old-and-why", test_stale_says_how_old_and_why);
    g_test_add_func("/tooltip/a-clock-that-jumped-is-told", test_a_clock_that_jumped_is_told);
    g_test_add_func("/tooltip/an-error-says-what-to-do", test_an_error_says_what_to_do);
    g_test_add_func("/tooltip/loading", test_loading);
    g_test_add_func("/tooltip/without-a-title-it-begins-at-the-top",
                    test_without_a_title_it_begins_at_the_top);
    g_test_add_func("/tooltip/broken-utf8-in-a-message", test_broken_utf8_in_a_message);
    return g_test_run();
}
