#include "common/base/error.h"
#include "common/usage/notification.h"
#include "tests/common/fixtures.h"

#include <glib/gstdio.h>
#include <string.h>

static const struct notification usual = {.id = "id-1",
                                          .summary = "Title",
                                          .body = "a \"b\"\n<c> $(d) ü",
                                          .urgency = URGENCY_CRITICAL,
                                          .timeout = 5000};

static void add_program(const struct sandbox *sandbox, const char *script)
{
    g_autofree char *text = g_strconcat("#!/bin/sh\n", script, "\n", NULL);
    g_autofree char *path =
        g_build_filename(sandbox->paths->plugin_folders[0], NOTIFICATION_PROGRAM, NULL);

    g_assert_cmpint(g_mkdir_with_parents(sandbox->paths->plugin_folders[0], 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_cmpint(g_chmod(path, 0755), ==, 0);
}

static void assert_fails(const struct sandbox *sandbox, enum usage_error kind, const char *message)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(notification_send(sandbox->paths, &usual, &error));
    g_assert_error(error, USAGE_ERROR, (int)kind);
    g_assert_true(g_str_has_prefix(error->message, "no notification can be shown: "));
    assert_contains(error->message, message);
}

static void test_what_is_written_can_be_read(void)
{
    g_autofree char *text = notification_format(&usual);
    struct notification read;
    g_autoptr(GError) error = NULL;
    autoptr(json) json = notification_parse(text, strlen(text), &read, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(read.id, ==, usual.id);
    g_assert_cmpstr(read.summary, ==, usual.summary);
    g_assert_cmpstr(read.body, ==, usual.body);
    g_assert_cmpint(read.urgency, ==, usual.urgency);
    g_assert_cmpint(read.timeout, ==, usual.timeout);
}

static void test_what_is_missing_is_absent(void)
{
    const struct notification least = {.id = "a", .summary = "b", .urgency = URGENCY_LOW};
    g_autofree char *text = notification_format(&least);
    const char *short_text = "{\"id\":\"a\",\"summary\":\"b\"}";
    struct notification read;

    g_assert_cmpstr(text, ==, "{\"id\":\"a\",\"summary\":\"b\",\"urgency\":\"low\"}");
    autoptr(json) json = notification_parse(short_text, strlen(short_text), &read, NULL);
    g_assert_nonnull(json);
    g_assert_null(read.body);
    g_assert_cmpint(read.urgency, ==, URGENCY_NORMAL);
    g_assert_cmpint(read.timeout, ==, 0);
}

static void test_the_program_gets_json_on_stdin_alone(struct sandbox *sandbox)
{
    g_autofree char *script =
        g_strdup_printf("[ $# = 0 ] && cat >%s/told && echo done", sandbox->folder);
    g_autofree char *expected = notification_format(&usual);
    g_autoptr(GError) error = NULL;

    add_program(sandbox, script);
    g_assert_true(notification_send(sandbox->paths, &usual, &error));
    g_assert_no_error(error);
    g_autofree char *told = sandbox_read(sandbox, "told");
    g_assert_cmpstr(told, ==, expected);
}

static void test_it_may_not_be_installed(struct sandbox *sandbox)
{
    assert_fails(sandbox, USAGE_ERROR_CONFIG, "no executable usageline-notify in ");
}

static void test_exit_statuses_become_errors(struct sandbox *sandbox)
{
    add_program(sandbox, "echo 'usageline-notify: there is no bus' >&2; exit 3");
    assert_fails(sandbox, USAGE_ERROR_NETWORK, "shown: there is no bus");
    add_program(sandbox, "printf 'refused \\033[2J\\nmore' >&2; exit 1");
    assert_fails(sandbox, USAGE_ERROR_INTERNAL, "shown: refused  [2J more");
    add_program(sandbox, "exit 4");
    assert_fails(sandbox, USAGE_ERROR_INTERNAL, "does not say why");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/notification/what-is-written-can-be-read", test_what_is_written_can_be_read);
    g_test_add_func("/notification/what-is-missing-is-absent", test_what_is_missing_is_absent);
    sandbox_add_test("/notification/the-program-gets-json-on-stdin-alone",
                     test_the_program_gets_json_on_stdin_alone);
    sandbox_add_test("/notification/it-may-not-be-installed", test_it_may_not_be_installed);
    sandbox_add_test("/notification/exit-statuses-become-errors", test_exit_statuses_become_errors);
    return g_test_run();
}
