#include "cli/setup/setup_bars.h"

#include "cli/base/adapters.h"
#include "cli/base/context.h"
#include "common/base/i18n.h"
#include "common/base/paths.h"
#include "common/setup/bar_setup.h"

#include <stdio.h>
#include <string.h>

static bool bars_read_process(const char *id, const char *name, char **text, gsize *length)
{
    g_autofree char *path = g_build_filename("/proc", id, name, NULL);

    return g_file_get_contents(path, text, length, NULL);
}

/* Whether the process runs with our home folder: others' bars read other files. */
static bool bars_has_same_home(const char *id)
{
    g_autofree char *home = paths_home();
    g_autofree char *wanted = g_strconcat("HOME=", home, NULL);
    g_autofree char *environment = NULL;
    gsize length = 0;

    if (!bars_read_process(id, "environ", &environment, &length))
        return false;
    for (gsize at = 0; at < length; at += strlen(environment + at) + 1) {
        if (strcmp(environment + at, wanted) == 0)
            return true;
    }
    return false;
}

/* The id of the next process of this name; the caller frees it. */
static char *bars_find_process(GDir *processes, const char *program)
{
    const char *id;

    while (processes && (id = g_dir_read_name(processes))) {
        g_autofree char *name = NULL;

        if (g_ascii_isdigit(id[0]) && bars_read_process(id, "comm", &name, NULL) &&
            strcmp(g_strchomp(name), program) == 0 && bars_has_same_home(id))
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
    g_autofree char *arguments = NULL;
    gsize length = 0;

    if (!bars_read_process(id, "cmdline", &arguments, &length))
        return NULL;
    for (gsize at = 0; at < length; at += strlen(arguments + at) + 1) {
        const char *argument = arguments + at;
        gsize next = at + strlen(argument) + 1;

        if (g_str_has_prefix(argument, "--config="))
            return g_strdup(argument + strlen("--config="));
        if ((strcmp(argument, "-c") == 0 || strcmp(argument, "--config") == 0) && next < length)
            return g_strdup(arguments + next);
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
