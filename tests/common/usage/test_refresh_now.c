#include "common/usage/alerts.h"
#include "common/usage/refresh_process.h"
#include "tests/common/fixtures.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SNAPSHOT_AT(time)                                                                          \
    "echo '{\"schema\":1,\"provider\":\"kimi\"," time                                              \
    "\"windows\":[{\"id\":\"weekly\",\"usedPercent\":12}]}'"
#define SNAPSHOT SNAPSHOT_AT("")
#define FAILURE(kind, more)                                                                        \
    "echo '{\"schema\":1,\"provider\":\"kimi\",\"error\":{\"kind\":\"" kind "\","                  \
    "\"message\":\"it failed\"" more "}}'; exit 1"

static struct refresh refresh_at(const struct sandbox *sandbox, gint64 now)
{
    return (struct refresh){
        .paths = sandbox->paths, .provider = "kimi", .interval = FIXTURE_INTERVAL, .now = now};
}

/* Sets a provider that counts how often it is asked. */
static void set_provider(const struct sandbox *sandbox, const char *script)
{
    g_autofree char *counting = g_strdup_printf("echo >>%s/count\n%s", sandbox->folder, script);

    sandbox_add_provider(sandbox, "kimi", counting);
}

static gsize count_requests(const struct sandbox *sandbox)
{
    g_autofree char *lines = sandbox_read(sandbox, "count");

    return lines ? strlen(lines) : 0;
}

/* Checks that a refresh returns what is in the store afterwards. */
static void run_refresh(const struct refresh *refresh, struct stored *stored)
{
    g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    autoclear(stored) kept = {0};

    stored_clear(stored);
    g_assert_cmpint(refresh_now(refresh, stored, alerts, &error), !=, REFRESH_FAILED);
    g_assert_no_error(error);
    store_load(refresh->paths, refresh->provider, &kept);
    g_assert_true((stored->snapshot == NULL) == (kept.snapshot == NULL));
    g_assert_true((stored->attempt.error == NULL) == (kept.attempt.error == NULL));
    g_assert_cmpuint(stored->attempt.failures, ==, kept.attempt.failures);
}

static void test_stores_what_came(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};

    set_provider(sandbox, SNAPSHOT_AT("\"fetchedAt\":\"2026-01-06T11:18:47Z\","));
    run_refresh(&refresh, &stored);
    g_assert_cmpfloat(snapshot_window(stored.snapshot, "weekly")->used_percent, ==, 12);
    g_assert_cmpint(stored.snapshot->fetched_at, ==, FIXTURE_NOW - 1);
    g_assert_cmpint(stored.attempt.at, ==, FIXTURE_NOW);
    g_assert_false(stored.attempt.pending);
    g_assert_cmpint(stored.attempt.not_before, ==, 0);
    g_assert_null(stored.attempt.error);
}

static void test_asks_once_in_its_time(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};

    set_provider(sandbox, SNAPSHOT);
    run_refresh(&refresh, &stored);
    run_refresh(&refresh, &stored);
    refresh.now += FIXTURE_INTERVAL / 2;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 1);
    refresh.forced = true;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 2);
    refresh.forced = false;
    refresh.now += FIXTURE_INTERVAL * 2;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 3);
}

static void test_an_error_keeps_the_last_good_one(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};

    set_provider(sandbox, SNAPSHOT);
    run_refresh(&refresh, &stored);
    set_provider(sandbox, FAILURE("network", ""));
    refresh.now += 1000;
    run_refresh(&refresh, &stored);
    g_assert_nonnull(stored.snapshot);
    g_assert_error(stored.attempt.error, USAGE_ERROR, USAGE_ERROR_NETWORK);
    g_assert_cmpuint(stored.attempt.failures, ==, 1);
    g_assert_cmpint(stored.attempt.not_before, >=, refresh.now + 24);
    g_assert_cmpint(stored.attempt.not_before, <=, refresh.now + 60);
    g_assert_cmpint(stored.attempt.service_until, ==, 0);
    refresh.now += 100;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(stored.attempt.failures, ==, 2);
    set_provider(sandbox, SNAPSHOT);
    refresh.now += 1000;
    run_refresh(&refresh, &stored);
    g_assert_no_error(stored.attempt.error);
    g_assert_cmpuint(stored.attempt.failures, ==, 0);
}

static void test_a_failure_is_an_attempt(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func(g_free);
    autoclear(stored) stored = {0};
    g_autoptr(GError) error = NULL;

    set_provider(sandbox, "kill -SEGV $$");
    g_assert_cmpint(refresh_now(&refresh, &stored, alerts, &error), ==, REFRESH_MADE);
    g_assert_error(stored.attempt.error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    assert_contains(stored.attempt.error->message, "signal 11");
    stored_clear(&stored);
    g_assert_cmpint(refresh_now(&refresh, &stored, alerts, &error), ==, REFRESH_SKIPPED);
}

static void test_a_wait_of_the_service_is_remembered(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};

    set_provider(sandbox, FAILURE("rate-limited", ",\"retryAfter\":600"));
    run_refresh(&refresh, &stored);
    g_assert_cmpint(stored.attempt.service_until, >=, FIXTURE_NOW + 600);
    g_assert_cmpint(stored.attempt.service_until, <, FIXTURE_NOW + 660);
    refresh.forced = true;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 1);
    refresh.now = stored.attempt.service_until;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 2);
}

static void test_a_short_wait_of_the_service_does_not_forbid_a_click(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};

    set_provider(sandbox, FAILURE("auth", ",\"retryAfter\":5"));
    run_refresh(&refresh, &stored);
    g_assert_cmpint(stored.attempt.not_before, >=, FIXTURE_NOW + REFRESH_USER_WAIT);
    refresh.now += 100;
    refresh.forced = true;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 2);
}

static void test_a_new_key_is_tried_soon(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};

    set_provider(sandbox, FAILURE("auth", ""));
    run_refresh(&refresh, &stored);
    refresh.now += 60;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 1);
    sandbox_write(sandbox, "data/credentials.json", "{}");
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 2);
}

static void test_the_future_is_not_believed(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};

    set_provider(sandbox, SNAPSHOT_AT("\"fetchedAt\":\"2026-01-06T12:00:00Z\","));
    run_refresh(&refresh, &stored);
    g_assert_cmpint(stored.snapshot->fetched_at, >=, FIXTURE_NOW);
    g_assert_cmpint(stored.snapshot->fetched_at, <, FIXTURE_NOW + 60);
}

static void test_old_numbers_are_not_asked_for_more_often(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};

    set_provider(sandbox, SNAPSHOT_AT("\"fetchedAt\":\"2026-01-06T08:00:00Z\","));
    run_refresh(&refresh, &stored);
    g_assert_true(snapshot_is_too_old(stored.snapshot, FIXTURE_INTERVAL, FIXTURE_NOW));
    refresh.now += FIXTURE_INTERVAL - 1;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 1);
    refresh.now += 60;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 2);
}

static void test_without_a_clock_nothing_is_asked(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, 100);
    autoclear(stored) stored = {0};

    set_provider(sandbox, SNAPSHOT);
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 0);
    g_assert_error(stored.attempt.error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    assert_contains(stored.attempt.error->message, "1970-01-01T00:01:40Z");
    refresh.now = FIXTURE_NOW; /* the clock is right now */
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 1);
    g_assert_no_error(stored.attempt.error);
}

static void test_nothing_is_asked_that_cannot_be_remembered(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func(g_free);
    autoclear(stored) stored = {0};
    g_autoptr(GError) error = NULL;

    set_provider(sandbox, SNAPSHOT);
    for (char **folder = sandbox->paths->store_folders; *folder; folder++)
        g_assert_true(g_file_set_contents(*folder, "in the way", -1, NULL));
    g_assert_cmpint(refresh_now(&refresh, &stored, alerts, &error), ==, REFRESH_FAILED);
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    g_assert_cmpuint(count_requests(sandbox), ==, 0);
    refresh_and_load(&refresh, 20, &stored);
    g_assert_true(stored_error(&stored) == stored.problem);
    assert_contains(stored.problem->message, sandbox->paths->store_folders[0]);
    g_assert_cmpuint(count_requests(sandbox), ==, 0);
}

/* A full disk may have room for the lock alone. */
static void test_a_lock_is_not_enough_to_ask(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func(g_free);
    autoclear(stored) stored = {0};
    g_autoptr(GError) error = NULL;

    set_provider(sandbox, SNAPSHOT);
    for (char **folder = sandbox->paths->store_folders; *folder; folder++) {
        g_autofree char *in_the_way = g_build_filename(*folder, "kimi.state.json.tmp", NULL);
        g_assert_cmpint(g_mkdir_with_parents(in_the_way, 0700), ==, 0);
    }
    g_assert_cmpint(refresh_now(&refresh, &stored, alerts, &error), ==, REFRESH_FAILED);
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    g_assert_cmpuint(count_requests(sandbox), ==, 0);
}

static void test_the_killed_one_is_repeated(struct sandbox *sandbox)
{
    const struct attempt killed = {.at = FIXTURE_NOW, .pending = true};
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW + REFRESH_SPACING - 1);
    autoclear(stored) stored = {0};

    set_provider(sandbox, SNAPSHOT);
    g_assert_true(store_save_attempt(sandbox->paths, "kimi", &killed, NULL));
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 0);
    refresh.now++;
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 1);
    g_assert_nonnull(stored.snapshot);
}

static void test_a_process_brings_it_into_the_store(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};
    g_autoptr(GError) error = NULL;

    set_provider(sandbox, SNAPSHOT);
    refresh_and_load(&refresh, 20, &stored);
    g_assert_no_error(stored.problem);
    g_assert_nonnull(stored.snapshot);
}

/* The provider runs until the test writes into its FIFO. */
static void test_a_process_goes_on_when_the_wait_is_over(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *fifo = sandbox_path(sandbox, "fifo");
    g_autofree char *script = g_strdup_printf("read line <%s\n%s", fifo, SNAPSHOT);

    set_provider(sandbox, script);
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    refresh_and_load(&refresh, 0, &stored);
    g_assert_no_error(stored.problem);
    g_assert_null(stored.snapshot);
    int go_on = open(fifo, O_WRONLY | O_CLOEXEC); /* waits for the provider to open it */
    g_assert_cmpint(write(go_on, "\n", 1), ==, 1);
    close(go_on);
    int lock = store_lock(sandbox->paths, "kimi", &error); /* waits for the end of the refresh */
    stored_clear(&stored);
    store_load(sandbox->paths, "kimi", &stored);
    g_assert_nonnull(stored.snapshot);
    close(lock);
}

static void ask_source(const struct refresh *refresh, struct answer *answer)
{
    answer_clear(answer);
    refresh_ask_source(refresh, "api", answer);
    g_assert_true((answer->snapshot == NULL) != (answer->error == NULL));
}

static void test_a_source_bypasses_the_store(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};
    autoclear(answer) answer = {0};

    set_provider(sandbox, SNAPSHOT);
    ask_source(&refresh, &answer);
    ask_source(&refresh, &answer);
    g_assert_cmpuint(count_requests(sandbox), ==, 2);
    g_assert_cmpint(answer.snapshot->fetched_at, ==, FIXTURE_NOW);
    store_load(sandbox->paths, "kimi", &stored);
    g_assert_null(stored.snapshot);
    g_assert_cmpint(stored.attempt.at, ==, 0);
}

static void test_a_source_has_both_guards(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(answer) answer = {0};

    set_provider(sandbox, SNAPSHOT_AT("\"fetchedAt\":\"2026-01-06T12:00:00Z\","));
    ask_source(&refresh, &answer);
    g_assert_cmpint(answer.snapshot->fetched_at, >=, FIXTURE_NOW);
    g_assert_cmpint(answer.snapshot->fetched_at, <, FIXTURE_NOW + 60);
    refresh.now = 100;
    ask_source(&refresh, &answer);
    assert_contains(answer.error->message, "1970-01-01T00:01:40Z");
    g_assert_cmpuint(count_requests(sandbox), ==, 1);
}

static void test_the_wait_of_a_source_binds_all(struct sandbox *sandbox)
{
    struct refresh refresh = refresh_at(sandbox, FIXTURE_NOW);
    autoclear(stored) stored = {0};
    autoclear(answer) answer = {0};

    set_provider(sandbox, FAILURE("rate-limited", ",\"retryAfter\":600"));
    ask_source(&refresh, &answer);
    assert_contains(answer.error->message, "it failed");
    ask_source(&refresh, &answer);
    g_assert_error(answer.error, USAGE_ERROR, USAGE_ERROR_RATE_LIMITED);
    assert_contains(answer.error->message, "nothing was asked");
    run_refresh(&refresh, &stored);
    g_assert_cmpuint(count_requests(sandbox), ==, 1);
    g_assert_cmpint(refresh_due_at(&refresh, &stored), >=, FIXTURE_NOW + 600);
    refresh.now = stored.attempt.service_until;
    ask_source(&refresh, &answer);
    g_assert_cmpuint(count_requests(sandbox), ==, 2);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/refresh-now/stores-what-came", test_stores_what_came);
    sandbox_add_test("/refresh-now/asks-once-in-its-time", test_asks_once_in_its_time);
    sandbox_add_test("/refresh-now/an-error-keeps-the-last-good-one",
                     test_an_error_keeps_the_last_good_one);
    sandbox_add_test("/refresh-now/a-failure-is-an-attempt", test_a_failure_is_an_attempt);
    sandbox_add_test("/refresh-now/a-wait-of-the-service-is-remembered",
                     test_a_wait_of_the_service_is_remembered);
    sandbox_add_test("/refresh-now/a-short-wait-of-the-service-does-not-forbid-a-click",
                     test_a_short_wait_of_the_service_does_not_forbid_a_click);
    sandbox_add_test("/refresh-now/a-new-key-is-tried-soon", test_a_new_key_is_tried_soon);
    sandbox_add_test("/refresh-now/the-future-is-not-believed", test_the_future_is_not_believed);
    sandbox_add_test("/refresh-now/old-numbers-are-not-asked-for-more-often",
                     test_old_numbers_are_not_asked_for_more_often);
    sandbox_add_test("/refresh-now/without-a-clock-nothing-is-asked",
                     test_without_a_clock_nothing_is_asked);
    sandbox_add_test("/refresh-now/nothing-is-asked-that-cannot-be-remembered",
                     test_nothing_is_asked_that_cannot_be_remembered);
    sandbox_add_test("/refresh-now/a-lock-is-not-enough-to-ask", test_a_lock_is_not_enough_to_ask);
    sandbox_add_test("/refresh-now/the-killed-one-is-repeated", test_the_killed_one_is_repeated);
    sandbox_add_test("/refresh-now/a-process-brings-it-into-the-store",
                     test_a_process_brings_it_into_the_store);
    sandbox_add_test("/refresh-now/a-process-goes-on-when-the-wait-is-over",
                     test_a_process_goes_on_when_the_wait_is_over);
    sandbox_add_test("/refresh-now/a-source-bypasses-the-store", test_a_source_bypasses_the_store);
    sandbox_add_test("/refresh-now/a-source-has-both-guards", test_a_source_has_both_guards);
    sandbox_add_test("/refresh-now/the-wait-of-a-source-binds-all",
                     test_the_wait_of_a_source_binds_all);
    return g_test_run();
}
