#include "common/usage/fingerprint.h"
#include "common/usage/refresh.h"
#include "tests/common/fixtures.h"

/* A snapshot of this age, from an attempt that succeeded then. */
static struct stored stored_since(gint64 age)
{
    struct stored stored = {.snapshot = fixture_snapshot(), .attempt = {.at = FIXTURE_NOW - age}};

    stored.snapshot->fetched_at = FIXTURE_NOW - age;
    return stored;
}

/* The same, but the attempt failed `since` seconds ago; a wait of an hour follows. */
static struct stored stored_failed(gint64 since, enum usage_error kind)
{
    struct stored stored = stored_since(1000);

    stored.attempt.at = FIXTURE_NOW - since;
    stored.attempt.failures = 3;
    stored.attempt.not_before = FIXTURE_NOW - since + 3600;
    stored.attempt.error = g_error_new(USAGE_ERROR, (int)kind, "it failed");
    return stored;
}

static bool is_due_at(const struct sandbox *sandbox, const struct stored *stored, gint64 now,
                      bool forced)
{
    const struct refresh refresh = {
        .paths = sandbox->paths,
        .provider = "kimi",
        .interval = FIXTURE_INTERVAL,
        .now = now,
        .forced = forced,
    };

    return refresh_is_due(&refresh, stored);
}

static bool is_due(const struct sandbox *sandbox, const struct stored *stored)
{
    return is_due_at(sandbox, stored, FIXTURE_NOW, false);
}

static bool click_is_due(const struct sandbox *sandbox, const struct stored *stored)
{
    return is_due_at(sandbox, stored, FIXTURE_NOW, true);
}

static void test_a_snapshot_grows_old(struct sandbox *sandbox)
{
    autoclear(stored) young = stored_since(FIXTURE_INTERVAL);
    autoclear(stored) old = stored_since(FIXTURE_INTERVAL + 1);

    g_assert_false(is_due(sandbox, &young));
    g_assert_true(is_due(sandbox, &old));
}

static void test_nothing_is_too_old(struct sandbox *sandbox)
{
    autoclear(stored) nothing = {0};

    g_assert_true(is_due(sandbox, &nothing));
}

static void test_a_reset_makes_it_old_at_once(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_since(100);
    struct window *session = stored.snapshot->windows->pdata[1];

    session->resets_at = FIXTURE_NOW + 1;
    g_assert_false(is_due(sandbox, &stored));
    session->resets_at = FIXTURE_NOW;
    g_assert_true(is_due(sandbox, &stored));
    session->resets_at = stored.snapshot->fetched_at; /* the service reports an old reset */
    g_assert_false(is_due(sandbox, &stored));
}

static void test_a_clock_that_jumped_back(struct sandbox *sandbox)
{
    autoclear(stored) slightly = stored_since(-60);
    autoclear(stored) far = stored_since(-61);
    autoclear(stored) broken = stored_failed(-86400, USAGE_ERROR_NETWORK);

    g_assert_false(is_due(sandbox, &slightly));
    g_assert_true(is_due(sandbox, &far));
    broken.attempt.service_until = FIXTURE_NOW + 172800;
    g_assert_true(is_due(sandbox, &broken)); /* not broken for a whole day */
}

static void test_a_clock_that_jumped_forth(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_failed(0, USAGE_ERROR_NETWORK);

    g_assert_false(is_due(sandbox, &stored));
    g_assert_true(is_due_at(sandbox, &stored, FIXTURE_NOW + 86400 * 365, false));
}

static void test_attempts_have_a_distance(struct sandbox *sandbox)
{
    autoclear(stored) stored = {.attempt = {.at = FIXTURE_NOW - REFRESH_SPACING + 1}};

    g_assert_false(is_due(sandbox, &stored));
    g_assert_true(click_is_due(sandbox, &stored));
    stored.attempt.at--;
    g_assert_true(is_due(sandbox, &stored));
}

static void test_waits_after_a_failure(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_failed(100, USAGE_ERROR_NETWORK);

    g_assert_false(is_due(sandbox, &stored));
    g_assert_true(click_is_due(sandbox, &stored));
    stored.attempt.not_before = FIXTURE_NOW;
    g_assert_true(is_due(sandbox, &stored));
}

static void test_the_service_forbids_even_a_click(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_failed(100, USAGE_ERROR_RATE_LIMITED);

    stored.attempt.not_before = 0;
    stored.attempt.service_until = FIXTURE_NOW + 1;
    g_assert_false(is_due(sandbox, &stored));
    g_assert_false(click_is_due(sandbox, &stored));
    stored.attempt.service_until = FIXTURE_NOW;
    g_assert_true(is_due(sandbox, &stored));
    g_assert_true(click_is_due(sandbox, &stored));
}

static void test_our_own_wait_is_not_the_service_s(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_failed(100, USAGE_ERROR_SERVER);

    stored.attempt.service_until = FIXTURE_NOW; /* it asked for less than the usual wait */
    g_assert_false(is_due(sandbox, &stored));
    g_assert_true(click_is_due(sandbox, &stored));
}

static void set_tried(const struct sandbox *sandbox, struct stored *stored)
{
    g_autofree char *fingerprint = fingerprint_new(sandbox->paths, "kimi");

    stored->attempt.tried = g_new0(char *, 2);
    stored->attempt.tried[0] = fingerprint_with_files(fingerprint, NULL);
}

static void assert_waits_for_the_user(const struct sandbox *sandbox, enum usage_error kind)
{
    autoclear(stored) stored = stored_failed(100, kind);

    set_tried(sandbox, &stored);
    g_assert_false(is_due(sandbox, &stored));
    g_assert_true(click_is_due(sandbox, &stored));
    g_setenv("KIMI_CODE_API_KEY", "another", TRUE);
    g_assert_true(is_due(sandbox, &stored));
    stored.attempt.service_until = FIXTURE_NOW + 1;
    g_assert_false(is_due(sandbox, &stored));
    g_unsetenv("KIMI_CODE_API_KEY");
    stored.attempt.service_until = 0;
    stored.attempt.not_before = FIXTURE_NOW; /* REFRESH_USER_WAIT is over */
    g_assert_true(is_due(sandbox, &stored));
}

static void test_waits_for_the_user_until_something_changes(struct sandbox *sandbox)
{
    assert_waits_for_the_user(sandbox, USAGE_ERROR_AUTH);
    assert_waits_for_the_user(sandbox, USAGE_ERROR_CONFIG);
}

static void test_other_errors_are_tried_when_something_changes(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_failed(100, USAGE_ERROR_NETWORK);

    set_tried(sandbox, &stored);
    g_assert_false(is_due(sandbox, &stored));
    g_setenv("KIMI_CODE_API_KEY", "another", TRUE);
    g_assert_true(is_due(sandbox, &stored));
    g_unsetenv("KIMI_CODE_API_KEY");
}

static void test_one_that_is_under_way_is_waited_for(struct sandbox *sandbox)
{
    autoclear(stored) young = stored_since(0);
    autoclear(stored) old = stored_since(1000);

    young.attempt.pending = true;
    g_assert_false(is_due(sandbox, &young)); /* no new result is needed */
    old.attempt.at = FIXTURE_NOW;
    g_assert_false(is_due(sandbox, &old));
    old.attempt.pending = true;
    g_assert_true(is_due(sandbox, &old));
}

/* It is due in exactly so many seconds. */
static void assert_due_in(const struct sandbox *sandbox, const struct stored *stored, gint64 wait)
{
    const struct refresh refresh = {.paths = sandbox->paths,
                                    .provider = "kimi",
                                    .interval = FIXTURE_INTERVAL,
                                    .now = FIXTURE_NOW};

    g_assert_cmpint(refresh_due_at(&refresh, stored), ==, FIXTURE_NOW + wait);
    g_assert_true(is_due_at(sandbox, stored, FIXTURE_NOW + wait, false));
    if (wait > 0)
        g_assert_false(is_due_at(sandbox, stored, FIXTURE_NOW + wait - 1, false));
}

static void test_tells_when_a_success_grows_old(struct sandbox *sandbox)
{
    autoclear(stored) nothing = {0};
    autoclear(stored) young = stored_since(100);
    autoclear(stored) old = stored_since(1000);
    autoclear(stored) just_tried = stored_since(1000);
    struct window *session = young.snapshot->windows->pdata[1];

    assert_due_in(sandbox, &nothing, 0);
    assert_due_in(sandbox, &old, 0);
    assert_due_in(sandbox, &young, FIXTURE_INTERVAL + 1 - 100);
    session->resets_at = FIXTURE_NOW + 50;
    assert_due_in(sandbox, &young, 50);
    young.attempt.not_before = FIXTURE_NOW + 80;
    assert_due_in(sandbox, &young, 80);
    just_tried.attempt.at = FIXTURE_NOW - 1;
    assert_due_in(sandbox, &just_tried, REFRESH_SPACING - 1);
}

static void test_tells_when_a_failure_is_tried_again(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_failed(100, USAGE_ERROR_SERVER);

    set_tried(sandbox, &stored);
    assert_due_in(sandbox, &stored, 3500);
    stored.attempt.service_until = FIXTURE_NOW + 5000;
    assert_due_in(sandbox, &stored, 5000);
    g_setenv("KIMI_CODE_API_KEY", "another", TRUE);
    assert_due_in(sandbox, &stored, 5000);
    stored.attempt.service_until = 0;
    assert_due_in(sandbox, &stored, 0);
    g_unsetenv("KIMI_CODE_API_KEY");
    stored.attempt.at = FIXTURE_NOW + 1000; /* the clock was set back */
    assert_due_in(sandbox, &stored, 0);
}

static void test_a_network_that_is_back_ends_its_wait(struct sandbox *sandbox)
{
    const struct refresh refresh = {.paths = sandbox->paths,
                                    .provider = "kimi",
                                    .interval = FIXTURE_INTERVAL,
                                    .now = FIXTURE_NOW,
                                    .hurried = true};
    autoclear(stored) offline = stored_failed(100, USAGE_ERROR_NETWORK);
    autoclear(stored) server = stored_failed(100, USAGE_ERROR_SERVER);

    g_assert_cmpint(refresh_due_at(&refresh, &offline), ==, FIXTURE_NOW);
    g_assert_true(refresh_is_due(&refresh, &offline));
    g_assert_cmpint(refresh_due_at(&refresh, &server), ==, FIXTURE_NOW + 3500);
    g_assert_false(refresh_is_due(&refresh, &server));
    offline.attempt.at = FIXTURE_NOW - 1;
    g_assert_cmpint(refresh_due_at(&refresh, &offline), ==, FIXTURE_NOW + REFRESH_SPACING - 1);
    offline.attempt.service_until = FIXTURE_NOW + 60;
    g_assert_cmpint(refresh_due_at(&refresh, &offline), ==, FIXTURE_NOW + 60);
}

static void test_attempts_out_of_turn_are_spaced(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_since(100);

    stored.attempt.early_until = FIXTURE_NOW + (REFRESH_EARLY_COUNT - 1) * REFRESH_EARLY_WAIT;
    g_assert_true(click_is_due(sandbox, &stored));
    stored.attempt.early_until++;
    g_assert_false(click_is_due(sandbox, &stored));
    g_assert_true(is_due_at(sandbox, &stored, FIXTURE_NOW + 1, true));
    stored.snapshot->fetched_at = FIXTURE_NOW - FIXTURE_INTERVAL - 1; /* it is its turn */
    g_assert_true(click_is_due(sandbox, &stored));
    stored.snapshot->fetched_at = FIXTURE_NOW;
    stored.attempt.early_until = FIXTURE_NOW + 86400; /* the clock was set back */
    g_assert_true(click_is_due(sandbox, &stored));
}

static void test_other_settings_are_a_reason(struct sandbox *sandbox)
{
    autoclear(stored) stored = stored_since(1);

    g_assert_false(is_due(sandbox, &stored));
    stored.snapshot->has_other_settings = true;
    g_assert_true(is_due(sandbox, &stored));
    stored.attempt.service_until = FIXTURE_NOW + 1;
    g_assert_false(is_due(sandbox, &stored));
    stored.attempt.service_until = 0;
    stored.attempt.early_until = FIXTURE_NOW + REFRESH_EARLY_COUNT * REFRESH_EARLY_WAIT;
    g_assert_false(is_due(sandbox, &stored));
}

static void test_backoff_doubles_up_to_half_an_hour(void)
{
    static const gint64 waits[] = {30, 30, 60, 120, 240, 480, 960, 1800, 1800};

    for (guint failures = 0; failures < G_N_ELEMENTS(waits); failures++)
        g_assert_cmpint(refresh_backoff(failures, 0), ==, waits[failures]);
    g_assert_cmpint(refresh_backoff(G_MAXUINT, 0), ==, REFRESH_BACKOFF_MAX);
}

static void test_backoff_is_spread(void)
{
    g_assert_cmpint(refresh_backoff(1, 1), ==, 24);
    g_assert_cmpint(refresh_backoff(1, 0.5), ==, 27);
    g_assert_cmpint(refresh_backoff(50, 1), ==, 1440);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/refresh/a-snapshot-grows-old", test_a_snapshot_grows_old);
    sandbox_add_test("/refresh/nothing-is-too-old", test_nothing_is_too_old);
    sandbox_add_test("/refresh/a-reset-makes-it-old-at-once", test_a_reset_makes_it_old_at_once);
    sandbox_add_test("/refresh/a-clock-that-jumped-back", test_a_clock_that_jumped_back);
    sandbox_add_test("/refresh/a-clock-that-jumped-forth", test_a_clock_that_jumped_forth);
    sandbox_add_test("/refresh/attempts-have-a-distance", test_attempts_have_a_distance);
    sandbox_add_test("/refresh/waits-after-a-failure", test_waits_after_a_failure);
    sandbox_add_test("/refresh/the-service-forbids-even-a-click",
                     test_the_service_forbids_even_a_click);
    sandbox_add_test("/refresh/our-own-wait-is-not-the-service-s",
                     test_our_own_wait_is_not_the_service_s);
    sandbox_add_test("/refresh/waits-for-the-user-until-something-changes",
                     test_waits_for_the_user_until_something_changes);
    sandbox_add_test("/refresh/other-errors-are-tried-when-something-changes",
                     test_other_errors_are_tried_when_something_changes);
    sandbox_add_test("/refresh/one-that-is-under-way-is-waited-for",
                     test_one_that_is_under_way_is_waited_for);
    sandbox_add_test("/refresh/tells-when-a-success-grows-old",
                     test_tells_when_a_success_grows_old);
    sandbox_add_test("/refresh/tells-when-a-failure-is-tried-again",
                     test_tells_when_a_failure_is_tried_again);
    sandbox_add_test("/refresh/a-network-that-is-back-ends-its-wait",
                     test_a_network_that_is_back_ends_its_wait);
    sandbox_add_test("/refresh/attempts-out-of-turn-are-spaced",
                     test_attempts_out_of_turn_are_spaced);
    sandbox_add_test("/refresh/other-settings-are-a-reason", test_other_settings_are_a_reason);
    g_test_add_func("/refresh/backoff-doubles-up-to-half-an-hour",
                    test_backoff_doubles_up_to_half_an_hour);
    g_test_add_func("/refresh/backoff-is-spread", test_backoff_is_spread);
    return g_test_run();
}
