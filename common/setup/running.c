#include "common/setup/running.h"

#include "common/base/paths.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_COMM 15 /* bytes of a process's name that the kernel keeps */

static void running_free_bar(struct running_bar *bar)
{
    g_free(bar->config);
    g_free(bar->style);
    g_strfreev(bar->environment);
    g_free(bar);
}

/* The strings, each ended by a NUL, in a file of the process. */
static char **running_read(const char *process, const char *name)
{
    g_autofree char *path = g_build_filename(process, name, NULL);
    g_autofree char *text = NULL;
    GPtrArray *strings = g_ptr_array_new();
    gsize length = 0;

    g_file_get_contents(path, &text, &length, NULL);
    for (gsize at = 0; at < length; at += strlen(text + at) + 1)
        g_ptr_array_add(strings, g_strdup(text + at));
    g_ptr_array_add(strings, NULL);
    return (char **)g_ptr_array_free(strings, FALSE);
}

static bool running_is_named(const char *process, const char *program)
{
    g_auto(GStrv) name = running_read(process, "comm");
    g_autofree char *wrapped = g_strdup_printf(".%s-wrapped", program);

    if (!name[0])
        return false;
    g_strchomp(name[0]);
    return strncmp(name[0], program, MAX_COMM) == 0 || strncmp(name[0], wrapped, MAX_COMM) == 0;
}

/* Others' bars, and those of the same user with another home folder, read other files. */
static bool running_is_ours(const char *process, char **environment)
{
    g_autofree char *home = paths_home();
    struct stat status;

    return stat(process, &status) == 0 && status.st_uid == geteuid() &&
           g_strcmp0(g_environ_getenv(environment, "HOME"), home) == 0;
}

/* The value of an option in one of its forms: "-c FILE", "-c=FILE", "-cFILE", "--config FILE" or
 * "--config=FILE"; NULL if the argument is another. */
static const char *running_match_option(char **argument, char letter, const char *name)
{
    const char *text = *argument, *value;

    if (text[0] != '-')
        return NULL;
    if (text[1] == letter)
        value = text + 2;
    else if (text[1] == '-' && g_str_has_prefix(text + 2, name))
        value = text + 2 + strlen(name);
    else
        return NULL;
    if (*value == '\0')
        return argument[1];
    if (*value == '=')
        return value + 1;
    return text[1] == letter ? value : NULL;
}

/* The file that this option of the process's command line names; NULL if it names none. */
static char *running_find_file(const char *process, char letter, const char *name)
{
    g_auto(GStrv) arguments = running_read(process, "cmdline");
    g_autofree char *link = g_build_filename(process, "cwd", NULL);
    g_autofree char *folder = g_file_read_link(link, NULL);

    for (char **argument = arguments; folder && *argument; argument++) {
        const char *file = running_match_option(argument, letter, name);
        if (file)
            return g_canonicalize_filename(file, folder);
    }
    return NULL;
}

static struct running_bar *running_examine(const char *process, const char *program, bool has_style)
{
    struct running_bar *bar;

    if (!running_is_named(process, program))
        return NULL;
    g_auto(GStrv) environment = running_read(process, "environ");
    if (!running_is_ours(process, environment))
        return NULL;
    bar = g_new0(struct running_bar, 1);
    bar->config = running_find_file(process, 'c', "config");
    bar->style = has_style ? running_find_file(process, 's', "style") : NULL;
    bar->environment = g_steal_pointer(&environment);
    return bar;
}

GPtrArray *running_bars_find(const char *program, bool has_style)
{
    GPtrArray *bars = g_ptr_array_new_with_free_func((GDestroyNotify)running_free_bar);
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    const char *id;

    while (processes && (id = g_dir_read_name(processes))) {
        g_autofree char *process = g_build_filename("/proc", id, NULL);
        struct running_bar *bar =
            g_ascii_isdigit(id[0]) ? running_examine(process, program, has_style) : NULL;

        if (bar)
            g_ptr_array_add(bars, bar);
    }
    return bars;
}
