/* Which bars are there, for somebody who has not said which one. */
#include "cli/adapters.h"
#include "cli/setup.h"

#include <stdio.h>
#include <string.h>

/* Whether a process of this name runs. */
static bool is_running(const char *program)
{
    g_autoptr(GDir) processes = g_dir_open("/proc", 0, NULL);
    const char *id;

    while (processes && (id = g_dir_read_name(processes))) {
        g_autofree char *path = g_build_filename("/proc", id, "comm", NULL);
        g_autofree char *name = NULL;

        if (g_ascii_isdigit(id[0]) && g_file_get_contents(path, &name, NULL, NULL) &&
            strcmp(g_strchomp(name), program) == 0)
            return true;
    }
    return false;
}

int setup_print_bars(void)
{
    bool any = false;

    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        g_autofree char *program = g_find_program_in_path((*adapter)->program);
        bool running = is_running((*adapter)->program);
        bool configured = setup_place_is_used((*adapter)->setup->places);

        if (!program && !running && !configured)
            continue;
        any = true;
        printf("%s is %s%s%s: usageline setup %s\n", (*adapter)->name,
               program ? "installed" : "not installed", running ? ", running" : "",
               configured ? ", configured" : "", (*adapter)->name);
    }
    if (any)
        return 0;
    fputs("usageline: no bar is there that usageline knows: Waybar, i3blocks or Polybar.\n",
          stderr);
    return EXIT_FAILED;
}
