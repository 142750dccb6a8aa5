#include "common/base/build.h"
#include "common/base/paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const char *const variables[] = {
    "USAGELINE_CONFIG", "USAGELINE_PLUGIN_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
    "XDG_CACHE_HOME",   "XDG_RUNTIME_DIR",      "XDG_STATE_HOME"};

/* The paths with one of the variables set and all others not. */
static struct paths *paths_with(const char *variable, const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++)
        g_unsetenv(variables[i]);
    if (variable)
        g_setenv(variable, value, TRUE);
    return paths_new();
}

static void test_defaults_are_in_the_home_folder(void)
{
    autoptr(paths) paths = paths_with(NULL, NULL);
    g_autofree char *temporary = g_strdup_printf("/the/tmp/usageline-%u", geteuid());

    g_assert_cmpstr(paths->config_file, ==, "/the/home/.config/usageline/config.json");
    g_assert_cmpstr(paths->data_folder, ==, "/the/home/.local/share/usageline");
    g_assert_cmpstr(paths->credentials_file, ==,
                    "/the/home/.local/share/usageline/credentials.json");
    g_assert_cmpstr(paths->enabled_file, ==, "/the/home/.local/share/usageline/enabled.json");
    g_assert_cmpstr(paths->store_folders[0], ==, "/the/home/.cache/usageline");
    g_assert_cmpstr(paths->store_folders[1], ==, temporary);
    g_assert_null(paths->store_folders[2]);
    g_assert_cmpstr(paths->plugin_folders[0], ==, "/the/home/.local/share/usageline/plugins");
}

static void test_the_configuration_can_be_named(void)
{
    autoptr(paths) named = paths_with("USAGELINE_CONFIG", "my.json");
    autoptr(paths) empty = paths_with("USAGELINE_CONFIG", "");
    autoptr(paths) xdg = paths_with("XDG_CONFIG_HOME", "/c");

    g_assert_cmpstr(named->config_file, ==, "my.json");
    g_assert_cmpstr(empty->config_file, ==, "/the/home/.config/usageline/config.json");
    g_assert_cmpstr(xdg->config_file, ==, "/c/usageline/config.json");
}

static void test_a_relative_xdg_folder_is_ignored(void)
{
    autoptr(paths) relative = paths_with("XDG_CACHE_HOME", "cache");
    autoptr(paths) empty = paths_with("XDG_CACHE_HOME", "");
    autoptr(paths) absolute = paths_with("XDG_CACHE_HOME", "/cache");

    g_assert_cmpstr(relative->store_folders[0], ==, "/the/home/.cache/usageline");
    g_assert_cmpstr(empty->store_folders[0], ==, "/the/home/.cache/usageline");
    g_assert_cmpstr(absolute->store_folders[0], ==, "/cache/usageline");
}

static void test_the_runtime_folder_comes_before_the_temporary_one(void)
{
    autoptr(paths) paths = paths_with("XDG_RUNTIME_DIR", "/run/user/1");

    g_assert_cmpstr(paths->store_folders[1], ==, "/run/user/1/usageline");
    g_assert_true(g_str_has_prefix(paths->store_folders[2], "/the/tmp/usageline-"));
}

static void test_providers_are_looked_for_in_order(void)
{
    autoptr(paths) named = paths_with("USAGELINE_PLUGIN_DIR", "/mine");
    autoptr(paths) data = paths_with("XDG_DATA_HOME", "/data");

    g_assert_true(g_str_has_prefix(USAGELINE_LIBEXEC_FROM_BIN, "../"));
    g_assert_cmpstr(named->plugin_folders[0], ==, "/mine");
    g_assert_cmpstr(named->plugin_folders[1], ==, "/the/home/.local/share/usageline/plugins");
    g_assert_true(g_str_has_suffix(named->plugin_folders[2], USAGELINE_LIBEXEC_FROM_BIN + 3));
    g_assert_null(named->plugin_folders[3]);
    g_assert_cmpstr(data->plugin_folders[0], ==, "/data/usageline/plugins");
    g_assert_cmpstr(data->credentials_file, ==, "/data/usageline/credentials.json");
}

static void test_themes_are_looked_for_in_order(void)
{
    autoptr(paths) paths = paths_with("XDG_CONFIG_HOME", "/c");

    g_assert_cmpstr(paths->theme_folders[0], ==, "/c/usageline/themes");
    g_assert_true(g_str_has_suffix(paths->theme_folders[1], "share/usageline/themes"));
    g_assert_null(paths->theme_folders[2]);
}

static void test_folders_of_other_programs(void)
{
    autoptr(paths) plain = paths_with(NULL, NULL);
    autoptr(paths) state = paths_with("XDG_STATE_HOME", "/state");

    g_assert_cmpstr(plain->home, ==, "/the/home");
    g_assert_cmpstr(plain->config_home, ==, "/the/home/.config");
    g_assert_cmpstr(plain->cache_home, ==, "/the/home/.cache");
    g_assert_cmpstr(plain->state_home, ==, "/the/home/.local/state");
    g_assert_cmpstr(state->state_home, ==, "/state");
}

static void test_installed_providers_are_beside_the_program(void)
{
    autoptr(paths) paths = paths_with(NULL, NULL);
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *expected = g_canonicalize_filename(USAGELINE_LIBEXEC_FROM_BIN, folder);

    g_assert_cmpstr(paths->plugin_folders[1], ==, expected);
    g_assert_null(strstr(expected, ".."));
}

int main(int argc, char **argv)
{
    /* GLib asks for these once. */
    g_setenv("HOME", "/the/home", TRUE);
    g_setenv("TMPDIR", "/the/tmp", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paths/defaults-are-in-the-home-folder", test_defaults_are_in_the_home_folder);
    g_test_add_func("/paths/the-configuration-can-be-named", test_the_configuration_can_be_named);
    g_test_add_func("/paths/a-relative-xdg-folder-is-ignored",
                    test_a_relative_xdg_folder_is_ignored);
    g_test_add_func("/paths/the-runtime-folder-comes-before-the-temporary-one",
                    test_the_runtime_folder_comes_before_the_temporary_one);
    g_test_add_func("/paths/providers-are-looked-for-in-order",
                    test_providers_are_looked_for_in_order);
    g_test_add_func("/paths/themes-are-looked-for-in-order", test_themes_are_looked_for_in_order);
    g_test_add_func("/paths/folders-of-other-programs", test_folders_of_other_programs);
    g_test_add_func("/paths/installed-providers-are-beside-the-program",
                    test_installed_providers_are_beside_the_program);
    return g_test_run();
}
