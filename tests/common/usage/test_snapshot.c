#include "tests/common/fixtures.h"

#include <math.h>

static void test_a_window_is_found_by_its_id(void)
{
    autoptr(snapshot) snapshot = fixture_snapshot();

    g_assert_cmpstr(snapshot_window(snapshot, WINDOW_SESSION)->label, ==, "5-hour");
    g_assert_null(snapshot_window(snapshot, WINDOW_MONTHLY));
}

static void test_of_a_new_window_nothing_is_known(void)
{
    autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");
    const struct window *window = snapshot_add_window(snapshot, "weekly", "Weekly");

    g_assert_true(isnan(window->used_percent));
    g_assert_true(isnan(window->used));
    g_assert_true(isnan(window->limit));
    g_assert_cmpint(window->resets_at, ==, 0);
}

static void test_a_window_has_reset_between_fetch_and_now(void)
{
    autoptr(snapshot) snapshot = fixture_one_window(WINDOW_SESSION, 50, FIXTURE_NOW);
    struct window *window = snapshot->windows->pdata[0];

    snapshot->fetched_at = FIXTURE_NOW - 100;
    g_assert_true(window_has_reset(window, snapshot, FIXTURE_NOW));
    g_assert_false(window_has_reset(window, snapshot, FIXTURE_NOW - 1));
    window->resets_at = snapshot->fetched_at; /* the answer is from after that */
    g_assert_false(window_has_reset(window, snapshot, FIXTURE_NOW));
    window->resets_at = 0;
    g_assert_false(window_has_reset(window, snapshot, FIXTURE_NOW));
}

static void test_an_id_can_be_a_file_name(void)
{
    static const char *const good[] = {"kimi", "a", "kimi-2_x", "abcdefghijklmnopqrstuvwxyz012345"};
    static const char *const bad[] = {"",    "Kimi", "1kimi", "-kimi",
                                      "..",  "a/b",  "a.b",   "kimi ",
                                      "k\n", "é",    "_a",    "abcdefghijklmnopqrstuvwxyz0123456"};

    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(provider_id_is_valid(good[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(provider_id_is_valid(bad[i]));
    g_assert_false(provider_id_is_valid(NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/snapshot/a-window-is-found-by-its-id", test_a_window_is_found_by_its_id);
    g_test_add_func("/snapshot/of-a-new-window-nothing-is-known",
                    test_of_a_new_window_nothing_is_known);
    g_test_add_func("/snapshot/a-window-has-reset-between-fetch-and-now",
                    test_a_window_has_reset_between_fetch_and_now);
    g_test_add_func("/snapshot/an-id-can-be-a-file-name", test_an_id_can_be_a_file_name);
    return g_test_run();
}
