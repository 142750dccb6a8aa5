#include "cli/draw/watched_files.h"

#include "common/usage/provider.h"

/* The time zone of the machine, unless the environment sets it. */
#define TIME_ZONE "/etc/localtime"

static void watched_files_add_provider(GPtrArray *files, const struct paths *paths,
                                       const char *provider)
{
    g_autofree char *name = g_strconcat(PROVIDER_PREFIX, provider, NULL);

    for (char **folder = paths->plugin_folders; *folder; folder++)
        g_ptr_array_add(files, g_build_filename(*folder, name, NULL));
}

GPtrArray *watched_files(const struct bar_state *bar, const char *provider, char *const *named)
{
    const struct paths *paths = bar->context->paths;
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(files, g_strdup(paths->config_file));
    g_ptr_array_add(files, g_strdup(paths->enabled_file));
    g_ptr_array_add(files, g_strdup(paths->credentials_file));
    if (provider)
        watched_files_add_provider(files, paths, provider);
    if (!g_environ_getenv(bar->context->environment, "TZ"))
        g_ptr_array_add(files, g_strdup(TIME_ZONE));
    for (char **folder = paths->store_folders; *folder; folder++) {
        if (folder == paths->store_folders || g_file_test(*folder, G_FILE_TEST_IS_DIR))
            g_ptr_array_add(files, g_build_filename(*folder, "*.json", NULL));
    }
    for (char *const *file = named; file && *file; file++) {
        if (g_path_is_absolute(*file))
            g_ptr_array_add(files, g_strdup(*file));
    }
    g_ptr_array_extend_and_steal(files, config_theme_files(bar->context->config, paths));
    g_ptr_array_add(files, NULL);
    return files;
}
