#include "cli/setup/setup_bars.h"

#include "cli/base/adapters.h"
#include "cli/base/context.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"
#include "common/setup/bar_setup.h"

#include <stdio.h>
#include <string.h>

/* The strings, each ended by a NUL, in a file of the process. */
static char **bars_read_process(const char *id, const char *name)
{
    g_autofree char *path = g_build_filename("/proc", id, name, NULL);
    g_autofree char *text = NULL;
    GPtrArray *strings = g_ptr_array_new();
    gsize length = 0;

    g_file_get_contents(path, &text, &length, NULL);
    for (gsize at = 0; at < length; at += strlen(text + at) + 1)
        g_ptr_array_add(strings, g_strdup(text + at));
    g_ptr_array_add(strings, NULL);
    return (char **)g_ptr_array_free(strings, FALSE);
}

/* Whether the process runs this program with our home folder: others' bars read other files. */
static bool bars_is_ours(const char *id, const char *program)
{
    g_auto(GStrv) name = bars_read_process(id, "comm");
    g_autofree char *home = paths_home();
    g_autofree char *wanted = g_strconcat("HOME=", home, NULL);

    if (!name[0] || strcmp(g_strchomp(name[0]), program) != 0)
        return false;
    g_auto(GStrv) environment = bars_read_process(id, "environ");
    return g_strv_contains((const char *const *)environment, wanted);
}

/* The id of the next process of this name; the caller frees it. */
static char *bars_find_process(GDir *processes, const char *program)
{
    const char *id;

    while (processes && (id = g_dir_read_name(processes))) {
        if (g_ascii_isdigit(id[0]) && bars_is_ours(id, program))
            return g_strdup(id);
    }
    return NULL;
}

static bool bars_is_running(const char *program)
{
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    g_autofree char *id = bars_find_process(processes, program);

    return id != NULL;
}

/* The value of -c or --config, as all bars have it; NULL if there is none. */
static char *bars_find_config_argument(const char *id)
{
    g_auto(GStrv) arguments = bars_read_process(id, "cmdline");

    for (char **argument = arguments; *argument; argument++) {
        if (g_str_has_prefix(*argument, "--config="))
            return g_strdup(*argument + strlen("--config="));
        if (strcmp(*argument, "-c") == 0 || strcmp(*argument, "--config") == 0)
            return g_strdup(argument[1]);
    }
    return NULL;
}

char *setup_running_config(const char *program)
{
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    g_autofree char *id = NULL;

    while ((id = bars_find_process(processes, program))) {
        g_autofree char *config = bars_find_config_argument(id);
        g_autofree char *link = g_build_filename("/proc", id, "cwd", NULL);
        g_autofree char *folder = g_file_read_link(link, NULL);

        if (config && folder)
            return g_canonicalize_filename(config, folder);
        g_clear_pointer(&id, g_free);
    }
    return NULL;
}

/* Prints "NAME: installed, running"; false if the bar is not there at all. */
static bool bars_print(const struct adapter *adapter)
{
    g_autofree char *program = g_find_program_in_path(adapter->program);
    g_autofree char *config = setup_running_config(adapter->program);
    g_autofree char *use = setup_places_find_mention(adapter->setup->places, adapter->name, config);
    bool is_running = bars_is_running(adapter->program);
    bool is_configured = config || use || setup_places_are_used(adapter->setup->places);
    const char *states[5] = {program ? _("installed") : _("not installed")};
    gsize count = 1;

    if (!program && !is_running && !is_configured)
        return false;
    if (is_running)
        states[count++] = _("running");
    if (is_configured) {
        states[count++] = _("has a configuration");
        states[count++] = use ? _("with usageline in it") : _("without usageline yet");
    }
    g_autofree char *text = g_strjoinv(_(", "), (char **)(gintptr)states);
    if (use)
        printf(_("%s: %s\n"), adapter->name, text);
    else
        printf(_("%s: %s: usageline setup %s\n"), adapter->name, text, adapter->name);
    return true;
}

int setup_print_bars(void)
{
    bool any = false;

    for (const struct adapter *const *adapter = adapters; *adapter; adapter++)
        any = bars_print(*adapter) || any;
    if (any)
        return 0;
    fputs(_("usageline: no bar is there that usageline knows: Waybar, i3blocks or Polybar.\n"),
          stderr);
    return EXIT_FAILED;
}
