#include "common/setup/command.h"

#include <string.h>

static void test_only_calls_get_the_path(void)
{
    static const char text[] =
        "\"custom/usageline\": {\"exec\": \"until usageline waybar; do echo "
        "'{\\\"text\\\":\\\"usageline ! not found\\\"}'\"}\n"
        "[module/usageline]\n"
        "command=usageline i3blocks\nclick = usageline open; usageline show\n"
        "exec = command -v usageline > /dev/null";
    g_autofree char *with_path = setup_command_use_path(text, "/opt/u/usageline");
    g_autofree char *with_name = setup_command_use_name(with_path);

    g_assert_nonnull(strstr(with_path, "custom/usageline\": {"));
    g_assert_nonnull(strstr(with_path, "until /opt/u/usageline waybar"));
    g_assert_nonnull(strstr(with_path, "\"usageline ! not found"));
    g_assert_nonnull(strstr(with_path, "[module/usageline]"));
    g_assert_nonnull(strstr(with_path, "command=/opt/u/usageline i3blocks"));
    g_assert_nonnull(strstr(with_path, "= /opt/u/usageline open; /opt/u/usageline show"));
    g_assert_nonnull(strstr(with_path, "-v /opt/u/usageline >"));
    g_assert_cmpstr(with_name, ==, text);
}

static void test_without_a_path_nothing_changes(void)
{
    g_autofree char *text = setup_command_use_path("exec=usageline i3blocks", NULL);

    g_assert_cmpstr(text, ==, "exec=usageline i3blocks");
}

static void test_a_call_by_name_is_found(void)
{
    g_assert_true(setup_command_has_name("\"exec\": \"usageline waybar\"", "waybar"));
    g_assert_false(setup_command_has_name("\"exec\": \"/opt/usageline waybar\"", "waybar"));
    g_assert_false(setup_command_has_name("\"exec\": \"~/bin/usageline waybar\"", "waybar"));
    g_assert_false(setup_command_has_name("modules = usageline waybar2", "waybar"));
}

static void test_a_path_that_needs_quotes_is_not_plain(void)
{
    g_assert_true(setup_command_is_plain("/home/a-b_c/.local/bin/usageline"));
    g_assert_false(setup_command_is_plain("/home/my programs/usageline"));
    g_assert_false(setup_command_is_plain("/home/\"/usageline"));
    g_assert_false(setup_command_is_plain("/home/$x/usageline"));
    g_assert_false(setup_command_is_plain("bin/usageline"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/command/only-calls-get-the-path", test_only_calls_get_the_path);
    g_test_add_func("/command/without-a-path-nothing-changes", test_without_a_path_nothing_changes);
    g_test_add_func("/command/a-call-by-name-is-found", test_a_call_by_name_is_found);
    g_test_add_func("/command/a-path-that-needs-quotes-is-not-plain",
                    test_a_path_that_needs_quotes_is_not_plain);
    return g_test_run();
}
