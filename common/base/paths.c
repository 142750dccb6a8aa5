#include "common/base/paths.h"

#include "common/base/build.h"
#include "common/base/error.h"
#include "common/base/i18n.h"

#include <pwd.h>
#include <unistd.h>

/* A relative or empty HOME would make us use files of the current folder, even programs. */
char *paths_home(void)
{
    const char *home = g_getenv("HOME");
    const struct passwd *user;

    if (home && g_path_is_absolute(home))
        return g_strdup(home);
    user = getpwuid(geteuid());
    return g_strdup(user && g_path_is_absolute(user->pw_dir) ? user->pw_dir : "/");
}

/* A folder of the XDG Base Directory Specification, which wants a relative one to be ignored. */
static char *paths_find_base(const struct paths *paths, const char *variable, const char *relative)
{
    const char *folder = g_getenv(variable);

    return folder && g_path_is_absolute(folder) ? g_strdup(folder)
                                                : g_build_filename(paths->home, relative, NULL);
}

static char *paths_find_config(const struct paths *paths)
{
    const char *named = g_getenv("USAGELINE_CONFIG");

    if (named && named[0] != '\0')
        return g_strdup(named);
    return g_build_filename(paths->config_home, "usageline", "config.json", NULL);
}

static char **paths_list_stores(const struct paths *paths)
{
    GPtrArray *folders = g_ptr_array_new();
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");

    g_ptr_array_add(folders, g_build_filename(paths->cache_home, "usageline", NULL));
    if (runtime && g_path_is_absolute(runtime))
        g_ptr_array_add(folders, g_build_filename(runtime, "usageline", NULL));
    g_ptr_array_add(folders, g_strdup_printf("%s/usageline-%u", g_get_tmp_dir(), geteuid()));
    g_ptr_array_add(folders, NULL);
    return (char **)g_ptr_array_free(folders, FALSE);
}

/* The program's own folder: installed files are found relative to it, wherever the prefix is. */
static char *paths_find_program(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);

    return program ? g_path_get_dirname(program) : NULL;
}

static char **paths_list_plugins(const struct paths *paths, const char *program)
{
    GPtrArray *folders = g_ptr_array_new();
    const char *named = g_getenv("USAGELINE_PLUGIN_DIR");

    if (named && named[0] != '\0')
        g_ptr_array_add(folders, g_canonicalize_filename(named, NULL));
    g_ptr_array_add(folders, g_build_filename(paths->data_folder, "plugins", NULL));
    if (program)
        g_ptr_array_add(folders, g_canonicalize_filename(USAGELINE_LIBEXEC_FROM_BIN, program));
    g_ptr_array_add(folders, NULL);
    return (char **)g_ptr_array_free(folders, FALSE);
}

static char **paths_list_themes(const struct paths *paths, const char *program)
{
    GPtrArray *folders = g_ptr_array_new();

    g_ptr_array_add(folders, g_build_filename(paths->config_home, "usageline", "themes", NULL));
    if (program) {
        g_autofree char *data = g_canonicalize_filename(USAGELINE_DATA_FROM_BIN, program);
        g_ptr_array_add(folders, g_build_filename(data, "themes", NULL));
    }
    g_ptr_array_add(folders, NULL);
    return (char **)g_ptr_array_free(folders, FALSE);
}

struct paths *paths_new(void)
{
    struct paths *paths = g_new0(struct paths, 1);
    g_autofree char *program = paths_find_program();

    paths->home = paths_home();
    paths->config_home = paths_find_base(paths, "XDG_CONFIG_HOME", ".config");
    paths->cache_home = paths_find_base(paths, "XDG_CACHE_HOME", ".cache");
    paths->state_home = paths_find_base(paths, "XDG_STATE_HOME", ".local/state");
    g_autofree char *data_home = paths_find_base(paths, "XDG_DATA_HOME", ".local/share");
    paths->config_file = paths_find_config(paths);
    paths->data_folder = g_build_filename(data_home, "usageline", NULL);
    paths->credentials_file = g_build_filename(paths->data_folder, "credentials.json", NULL);
    paths->enabled_file = g_build_filename(paths->data_folder, "enabled.json", NULL);
    paths->store_folders = paths_list_stores(paths);
    paths->plugin_folders = paths_list_plugins(paths, program);
    paths->theme_folders = paths_list_themes(paths, program);
    return paths;
}

char *paths_find_plugin(const struct paths *paths, const char *name, GError **error)
{
    for (char **folder = paths->plugin_folders; *folder; folder++) {
        g_autofree char *path = g_strconcat(*folder, "/", name, NULL);
        if (access(path, X_OK) == 0 && g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&path);
    }
    g_autofree char *folders = g_strjoinv(", ", paths->plugin_folders);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("no executable %s in %s"), name, folders);
    return NULL;
}

void paths_free(struct paths *paths)
{
    if (!paths)
        return;
    g_free(paths->config_file);
    g_free(paths->data_folder);
    g_free(paths->credentials_file);
    g_free(paths->enabled_file);
    g_strfreev(paths->store_folders);
    g_strfreev(paths->plugin_folders);
    g_free(paths->home);
    g_free(paths->config_home);
    g_free(paths->cache_home);
    g_free(paths->state_home);
    g_strfreev(paths->theme_folders);
    g_free(paths);
}
