#include "common/base/paths.h"

#include "common/base/build.h"
#include "common/base/error.h"
#include "common/base/i18n.h"

#include <pwd.h>
#include <unistd.h>

/* A relative or empty HOME would make the current folder's files ours, programs among them. */
char *paths_home(void)
{
    const char *home = g_getenv("HOME");
    const struct passwd *user;

    if (home && g_path_is_absolute(home))
        return g_strdup(home);
    user = getpwuid(geteuid());
    return g_strdup(user && g_path_is_absolute(user->pw_dir) ? user->pw_dir : "/");
}

/* An XDG folder of all programs; the specification wants a relative one to be ignored. */
static char *xdg_base(const char *variable, const char *home_relative)
{
    const char *folder = g_getenv(variable);

    if (folder && g_path_is_absolute(folder))
        return g_strdup(folder);
    g_autofree char *home = paths_home();
    return g_build_filename(home, home_relative, NULL);
}

/* Ours within it. */
static char *xdg_folder(const char *variable, const char *home_relative)
{
    g_autofree char *base = xdg_base(variable, home_relative);

    return g_build_filename(base, "usageline", NULL);
}

static char *config_file(void)
{
    const char *named = g_getenv("USAGELINE_CONFIG");

    if (named && named[0] != '\0')
        return g_strdup(named);
    g_autofree char *folder = xdg_folder("XDG_CONFIG_HOME", ".config");
    return g_build_filename(folder, "config.json", NULL);
}

static char **store_folders(void)
{
    GPtrArray *folders = g_ptr_array_new();
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");

    g_ptr_array_add(folders, xdg_folder("XDG_CACHE_HOME", ".cache"));
    if (runtime && g_path_is_absolute(runtime))
        g_ptr_array_add(folders, g_build_filename(runtime, "usageline", NULL));
    g_ptr_array_add(folders, g_strdup_printf("%s/usageline-%u", g_get_tmp_dir(), geteuid()));
    g_ptr_array_add(folders, NULL);
    return (char **)g_ptr_array_free(folders, FALSE);
}

/* The program's own folder, from which installed files are found so that a moved prefix works. */
static char *program_folder(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);

    return program ? g_path_get_dirname(program) : NULL;
}

static char **plugin_folders(const char *program_folder)
{
    GPtrArray *folders = g_ptr_array_new();
    const char *named = g_getenv("USAGELINE_PLUGIN_DIR");
    g_autofree char *data = xdg_folder("XDG_DATA_HOME", ".local/share");

    if (named && named[0] != '\0')
        g_ptr_array_add(folders, g_canonicalize_filename(named, NULL));
    g_ptr_array_add(folders, g_build_filename(data, "plugins", NULL));
    if (program_folder)
        g_ptr_array_add(folders,
                        g_canonicalize_filename(USAGELINE_LIBEXEC_FROM_BIN, program_folder));
    g_ptr_array_add(folders, NULL);
    return (char **)g_ptr_array_free(folders, FALSE);
}

static char **theme_folders(const char *config_home, const char *program_folder)
{
    GPtrArray *folders = g_ptr_array_new();

    g_ptr_array_add(folders, g_build_filename(config_home, "usageline", "themes", NULL));
    if (program_folder) {
        g_autofree char *data = g_canonicalize_filename(USAGELINE_DATA_FROM_BIN, program_folder);
        g_ptr_array_add(folders, g_build_filename(data, "themes", NULL));
    }
    g_ptr_array_add(folders, NULL);
    return (char **)g_ptr_array_free(folders, FALSE);
}

struct paths *paths_new(void)
{
    struct paths *paths = g_new0(struct paths, 1);
    g_autofree char *program = program_folder();

    paths->config_file = config_file();
    paths->data_folder = xdg_folder("XDG_DATA_HOME", ".local/share");
    paths->credentials_file = g_build_filename(paths->data_folder, "credentials.json", NULL);
    paths->enabled_file = g_build_filename(paths->data_folder, "enabled.json", NULL);
    paths->store_folders = store_folders();
    paths->plugin_folders = plugin_folders(program);
    paths->home = paths_home();
    paths->config_home = xdg_base("XDG_CONFIG_HOME", ".config");
    paths->cache_home = xdg_base("XDG_CACHE_HOME", ".cache");
    paths->state_home = xdg_base("XDG_STATE_HOME", ".local/state");
    paths->theme_folders = theme_folders(paths->config_home, program);
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
