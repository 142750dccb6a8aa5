#include "common/usage/store.h"
#include "tests/common/fixtures.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define SNAPSHOT "cache/kimi.json"
#define STATE    "cache/kimi.state.json"

static void save_snapshot(const struct sandbox *sandbox)
{
    autoptr(snapshot) snapshot = fixture_snapshot();
    g_autoptr(GError) error = NULL;

    g_assert_true(store_save_snapshot(sandbox->paths, snapshot, &error));
    g_assert_no_error(error);
}

static void assert_no_snapshot(const struct sandbox *sandbox)
{
    autoclear(stored) stored = {0};

    store_load(sandbox->paths, "kimi", &stored);
    g_assert_null(stored.snapshot);
}

static void assert_no_attempt(const struct sandbox *sandbox)
{
    autoclear(stored) stored = {0};

    store_load(sandbox->paths, "kimi", &stored);
    g_assert_cmpint(stored.attempt.at, ==, 0);
    g_assert_cmpuint(stored.attempt.failures, ==, 0);
    g_assert_null(stored.attempt.error);
}

static void test_what_is_missing_is_absent(struct sandbox *sandbox)
{
    assert_no_snapshot(sandbox);
    assert_no_attempt(sandbox);
}

static void test_keeps_a_snapshot(struct sandbox *sandbox)
{
    autoptr(snapshot) expected = fixture_snapshot();
    g_autofree char *expected_text = answer_format_snapshot(expected);
    autoclear(stored) stored = {0};

    save_snapshot(sandbox);
    store_load(sandbox->paths, "kimi", &stored);
    g_autofree char *text = answer_format_snapshot(stored.snapshot);
    g_assert_cmpstr(text, ==, expected_text);
}

static void test_keeps_an_attempt(struct sandbox *sandbox)
{
    g_autoptr(GError) problem = g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH, "no key: \"%s\"", "é");
    char *const watch[] = {(char *)(gintptr) "/a/token.json", NULL};
    char *const tried[] = {(char *)(gintptr) "salt:hash", NULL};
    const struct attempt attempt = {
        .watch = (char **)(gintptr)watch,
        .at = FIXTURE_NOW,
        .pending = true,
        .failures = 3,
        .not_before = FIXTURE_NOW + 120,
        .service_until = FIXTURE_NOW + 90,
        .error = problem,
        .expired_at = FIXTURE_NOW - 5,
        .tried = (char **)(gintptr)tried,
    };
    autoclear(stored) stored = {0};

    g_assert_true(store_save_attempt(sandbox->paths, "kimi", &attempt, NULL));
    store_load(sandbox->paths, "kimi", &stored);
    g_assert_cmpint(stored.attempt.at, ==, FIXTURE_NOW);
    g_assert_true(stored.attempt.pending);
    g_assert_cmpuint(stored.attempt.failures, ==, 3);
    g_assert_cmpint(stored.attempt.not_before, ==, FIXTURE_NOW + 120);
    g_assert_cmpint(stored.attempt.service_until, ==, FIXTURE_NOW + 90);
    g_assert_error(stored.attempt.error, USAGE_ERROR, USAGE_ERROR_AUTH);
    g_assert_cmpstr(stored.attempt.error->message, ==, "no key: \"é\"");
    g_assert_cmpint(stored.attempt.expired_at, ==, FIXTURE_NOW - 5);
    g_assert_cmpstr(stored.attempt.tried[0], ==, "salt:hash");
    g_assert_cmpstr(stored.attempt.watch[0], ==, "/a/token.json");
    g_assert_null(stored.attempt.watch[1]);
}

static void test_is_private(struct sandbox *sandbox)
{
    g_autofree char *folder = sandbox_path(sandbox, "cache");
    g_autofree char *file = sandbox_path(sandbox, SNAPSHOT);
    struct stat status;

    save_snapshot(sandbox);
    g_assert_cmpint(stat(folder, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 07777, ==, 0700);
    g_assert_cmpint(stat(file, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 07777, ==, 0600);
}

static void test_providers_do_not_mix(struct sandbox *sandbox)
{
    autoclear(stored) stored = {0};

    save_snapshot(sandbox);
    store_load(sandbox->paths, "demo", &stored);
    g_assert_null(stored.snapshot);
    g_clear_pointer(&stored.snapshot, snapshot_free);
    g_autofree char *text = sandbox_read(sandbox, SNAPSHOT);
    sandbox_write(sandbox, "cache/demo.json", text);
    store_load(sandbox->paths, "demo", &stored);
    g_assert_null(stored.snapshot);
}

static void test_what_cannot_be_understood_is_absent(struct sandbox *sandbox)
{
    g_autofree char *endless = g_strnfill(1024 * 1024, '[');
    g_autofree char *oversized = g_strnfill(ANSWER_MAX_BYTES + 1, ' ');
    const char *const texts[] = {
        "",
        "{",
        "[]",
        "5",
        "\xff",
        "{\"schema\":1}",
        "{\"schema\":1,\"provider\":\"kimi\",\"at\":5,\"failures\":\"x\",\"error\":[],"
        "\"windows\":5}",
        "{\"schema\":1,\"provider\":\"kimi\",\"at\":\"9999-01-01T00:00:00Z\","
        "\"windows\":[{\"id\":\"a\",\"usedPercent\":1e308}]}",
        endless,
        oversized,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        sandbox_write(sandbox, SNAPSHOT, texts[i]);
        sandbox_write(sandbox, STATE, texts[i]);
        assert_no_snapshot(sandbox);
        assert_no_attempt(sandbox);
    }
    save_snapshot(sandbox); /* the next success replaces it */
    autoclear(stored) stored = {0};
    store_load(sandbox->paths, "kimi", &stored);
    g_assert_nonnull(stored.snapshot);
}

static void test_a_later_schema_is_absent(struct sandbox *sandbox)
{
    sandbox_write(sandbox, SNAPSHOT,
                  "{\"schema\":2,\"provider\":\"kimi\",\"fetchedAt\":\"2026-01-06T11:18:48Z\","
                  "\"windows\":[{\"id\":\"weekly\"}]}");
    sandbox_write(sandbox, STATE,
                  "{\"schema\":2,\"provider\":\"kimi\",\"at\":\"2026-01-06T11:18:48Z\","
                  "\"failures\":1,\"error\":{\"kind\":\"auth\",\"message\":\"x\"}}");
    assert_no_snapshot(sandbox);
    assert_no_attempt(sandbox);
}

static void test_absurd_numbers_of_an_attempt_do_no_harm(struct sandbox *sandbox)
{
    autoclear(stored) stored = {0};

    sandbox_write(sandbox, STATE,
                  "{\"schema\":1,\"provider\":\"kimi\",\"at\":\"2026-01-06T11:18:48Z\","
                  "\"failures\":1e308,\"notBefore\":1e308,\"serviceUntil\":-1,"
                  "\"error\":{\"kind\":\"unheard-of\",\"message\":\"x\"},\"inputs\":7}");
    store_load(sandbox->paths, "kimi", &stored);
    g_assert_cmpint(stored.attempt.at, ==, FIXTURE_NOW);
    g_assert_cmpuint(stored.attempt.failures, ==, 1000);
    g_assert_cmpint(stored.attempt.not_before, ==, 0);
    g_assert_cmpint(stored.attempt.service_until, ==, 0);
    g_assert_null(stored.attempt.error);
    g_assert_null(stored.attempt.tried);
}

static void test_other_things_in_the_place_of_files(struct sandbox *sandbox)
{
    g_autofree char *folder = sandbox_path(sandbox, "cache");
    g_autofree char *snapshot = sandbox_path(sandbox, SNAPSHOT);
    g_autofree char *state = sandbox_path(sandbox, STATE);

    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    g_assert_cmpint(mkfifo(snapshot, 0600), ==, 0);
    g_assert_cmpint(g_mkdir(state, 0700), ==, 0);
    assert_no_snapshot(sandbox); /* without waiting for the FIFO */
    assert_no_attempt(sandbox);
    save_snapshot(sandbox);
    autoclear(stored) stored = {0};
    store_load(sandbox->paths, "kimi", &stored);
    g_assert_nonnull(stored.snapshot);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/store/what-is-missing-is-absent", test_what_is_missing_is_absent);
    sandbox_add_test("/store/keeps-a-snapshot", test_keeps_a_snapshot);
    sandbox_add_test("/store/keeps-an-attempt", test_keeps_an_attempt);
    sandbox_add_test("/store/is-private", test_is_private);
    sandbox_add_test("/store/providers-do-not-mix", test_providers_do_not_mix);
    sandbox_add_test("/store/what-cannot-be-understood-is-absent",
                     test_what_cannot_be_understood_is_absent);
    sandbox_add_test("/store/a-later-schema-is-absent", test_a_later_schema_is_absent);
    sandbox_add_test("/store/absurd-numbers-of-an-attempt-do-no-harm",
                     test_absurd_numbers_of_an_attempt_do_no_harm);
    sandbox_add_test("/store/other-things-in-the-place-of-files",
                     test_other_things_in_the_place_of_files);
    return g_test_run();
}
