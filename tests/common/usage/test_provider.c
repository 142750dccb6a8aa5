#include "common/usage/provider.h"
#include "tests/common/fixtures.h"

#include <glib/gstdio.h>

#define SNAPSHOT                                                                                   \
    "echo '{\"schema\":1,\"provider\":\"shell\",\"plan\":\"'\"$*\"'\","                            \
    "\"windows\":[{\"id\":\"weekly\",\"usedPercent\":12}]}'"
#define ERROR                                                                                      \
    "echo '{\"schema\":1,\"provider\":\"shell\",\"error\":{\"kind\":\"auth\","                     \
    "\"message\":\"sign in\",\"retryAfter\":7}}'"

static void ask_provider(const struct sandbox *sandbox, const char *script, const char *source,
                         struct answer *answer)
{
    sandbox_add_provider(sandbox, "shell", script);
    provider_ask(sandbox->paths, "shell", source, false, answer);
    g_assert_true((answer->snapshot == NULL) != (answer->error == NULL));
}

static void assert_fails(const struct sandbox *sandbox, const char *script, enum usage_error kind,
                         const char *message)
{
    autoclear(answer) answer = {0};

    ask_provider(sandbox, script, NULL, &answer);
    g_assert_error(answer.error, USAGE_ERROR, (int)kind);
    assert_contains(answer.error->message, message);
}

static void test_gives_its_snapshot(struct sandbox *sandbox)
{
    autoclear(answer) answer = {0};

    ask_provider(sandbox, SNAPSHOT, NULL, &answer);
    g_assert_no_error(answer.error);
    g_assert_cmpfloat(snapshot_window(answer.snapshot, "weekly")->used_percent, ==, 12);
    g_assert_null(answer.snapshot->plan); /* no arguments */
}

static void test_gets_the_source(struct sandbox *sandbox)
{
    autoclear(answer) answer = {0};

    ask_provider(sandbox, SNAPSHOT, "api", &answer);
    g_assert_cmpstr(answer.snapshot->plan, ==, "--source api");
}

static void test_gives_its_error(struct sandbox *sandbox)
{
    autoclear(answer) answer = {0};

    ask_provider(sandbox, ERROR "; exit 1", NULL, &answer);
    g_assert_error(answer.error, USAGE_ERROR, USAGE_ERROR_AUTH);
    g_assert_cmpstr(answer.error->message, ==, "sign in");
    g_assert_cmpint(answer.retry_after, ==, 7);
}

static void test_misbehaves(struct sandbox *sandbox)
{
    assert_fails(sandbox, "exit 0", USAGE_ERROR_INTERNAL, "said nothing");
    assert_fails(sandbox, SNAPSHOT "; exit 1", USAGE_ERROR_INTERNAL, "ended with status 1");
    assert_fails(sandbox, SNAPSHOT "; exit 3", USAGE_ERROR_INTERNAL, "ended with status 3");
    assert_fails(sandbox, ERROR "; exit 3", USAGE_ERROR_INTERNAL, "failed and ended with status 3");
    assert_fails(sandbox, SNAPSHOT "; kill -ABRT $$", USAGE_ERROR_INTERNAL, "signal 6");
    assert_fails(sandbox, "printf '{\"schema\":1,\"prov'", USAGE_ERROR_PAYLOAD, "not understood");
    assert_fails(sandbox, "echo '<html>'", USAGE_ERROR_PAYLOAD, "not understood");
    assert_fails(sandbox, SNAPSHOT "; " SNAPSHOT, USAGE_ERROR_PAYLOAD, "not understood");
    assert_fails(sandbox, "cat /dev/zero", USAGE_ERROR_INTERNAL, "more than is allowed");
    assert_fails(sandbox, "exec /none/interpreter", USAGE_ERROR_INTERNAL, "status 127");
}

static void test_is_found_in_order(struct sandbox *sandbox)
{
    g_autofree char *second = sandbox_path(sandbox, "libexec/usageline-provider-shell");
    g_autofree char *first = sandbox_path(sandbox, "plugins/usageline-provider-shell");
    g_autoptr(GError) error = NULL;

    sandbox_write(sandbox, "libexec/usageline-provider-shell", "#!/bin/sh\n");
    g_assert_null(provider_find(sandbox->paths, "shell", NULL)); /* not executable */
    g_assert_cmpint(g_chmod(second, 0700), ==, 0);
    g_autofree char *found = provider_find(sandbox->paths, "shell", &error);
    g_assert_cmpstr(found, ==, second);
    sandbox_add_provider(sandbox, "shell", "exit 0");
    g_autofree char *better = provider_find(sandbox->paths, "shell", &error);
    g_assert_cmpstr(better, ==, first);
}

static void test_that_is_not_there_names_the_folders(struct sandbox *sandbox)
{
    autoclear(answer) answer = {0};

    provider_ask(sandbox->paths, "none", NULL, false, &answer);
    g_assert_error(answer.error, USAGE_ERROR, USAGE_ERROR_CONFIG);
    assert_contains(answer.error->message, sandbox->paths->plugin_folders[0]);
    assert_contains(answer.error->message, sandbox->paths->plugin_folders[1]);
}

static void test_has_no_path_as_its_id(struct sandbox *sandbox)
{
    g_autoptr(GError) error = NULL;

    sandbox_add_provider(sandbox, "a/../b", "exit 0");
    g_assert_null(provider_find(sandbox->paths, "a/../b", &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
}

static void test_are_listed_once_and_sorted(struct sandbox *sandbox)
{
    sandbox_add_provider(sandbox, "shell", "exit 0");
    sandbox_add_provider(sandbox, "demo", "exit 0");
    sandbox_write(sandbox, "plugins/usageline-provider-Bad", "");
    sandbox_write(sandbox, "plugins/other", "");
    sandbox_write(sandbox, "libexec/usageline-provider-demo", "");
    sandbox_write(sandbox, "libexec/usageline-provider-kimi", "");
    g_auto(GStrv) ids = provider_list(sandbox->paths);
    g_autofree char *all = g_strjoinv(" ", ids);
    g_assert_cmpstr(all, ==, "demo kimi shell");
}

static void test_answers_questions(struct sandbox *sandbox)
{
    g_autoptr(GError) error = NULL;

    sandbox_add_provider(sandbox, "shell",
                         "case $1 in --describe) echo '{\"a\":1}';; --probe) echo '{';; "
                         "--browsers) exit 2;; *) exit 3; esac");
    autoptr(json) json = provider_question(sandbox->paths, "shell", "--describe", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(json_number_text(json_get(json, "a")), ==, "1");
    g_assert_null(provider_question(sandbox->paths, "shell", "--diagnose", &error));
    assert_contains(error->message, "does not answer --diagnose");
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    g_clear_error(&error);
    g_assert_null(provider_question(sandbox->paths, "shell", "--browsers", &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
    g_clear_error(&error);
    g_assert_null(provider_question(sandbox->paths, "shell", "--probe", &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD);
}

static void test_checks_ids(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(provider_check_id("kimi", &error));
    g_assert_no_error(error);
    g_assert_false(provider_check_id("../kimi", &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/provider/gives-its-snapshot", test_gives_its_snapshot);
    sandbox_add_test("/provider/gets-the-source", test_gets_the_source);
    sandbox_add_test("/provider/gives-its-error", test_gives_its_error);
    sandbox_add_test("/provider/misbehaves", test_misbehaves);
    sandbox_add_test("/provider/is-found-in-order", test_is_found_in_order);
    sandbox_add_test("/provider/that-is-not-there-names-the-folders",
                     test_that_is_not_there_names_the_folders);
    sandbox_add_test("/provider/has-no-path-as-its-id", test_has_no_path_as_its_id);
    sandbox_add_test("/provider/are-listed-once-and-sorted", test_are_listed_once_and_sorted);
    sandbox_add_test("/provider/answers-questions", test_answers_questions);
    g_test_add_func("/provider/checks-ids", test_checks_ids);
    return g_test_run();
}
