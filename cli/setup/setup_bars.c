#include "cli/setup/setup_bars.h"

#include "cli/base/adapters.h"
#include "cli/base/context.h"
#include "common/base/i18n.h"

#include <stdio.h>
#include <string.h>

/* Of a file's name that needs no quotes in a shell. */
#define PLAIN G_CSET_a_2_z G_CSET_A_2_Z "0123456789/._-"

char *setup_bar_arguments(const char *name, const char *file)
{
    if (!file)
        return g_strdup(name);
    g_autofree char *quoted = file[strspn(file, PLAIN)] ? g_shell_quote(file) : g_strdup(file);
    return g_strdup_printf("%s --config %s", name, quoted);
}

/* Prints "NAME: installed, running"; false if the bar is not there at all. */
static bool setup_print_bar(const struct found_bar *bar, bool is_only)
{
    const char *name = bar->adapter->name;
    g_autofree char *program = g_find_program_in_path(bar->adapter->program);
    g_autofree char *module = bars_find_module(bar);
    const char *states[5] = {program ? _("installed") : _("not installed")};
    gsize count = 1;

    if (!program && !bar->environment && !bar->file)
        return false;
    if (bars_lacks_config(bar)) {
        printf(_("%s runs with %s, which is not there.\n"), name, bar->config);
        return true;
    }
    if (bar->environment)
        states[count++] = _("running");
    if (bar->file) {
        states[count++] = _("has a configuration");
        states[count++] = module ? _("with usageline in it") : _("without usageline yet");
    }
    g_autofree char *text = g_strjoinv(_(", "), (char **)(gintptr)states);
    g_autofree char *arguments = setup_bar_arguments(name, is_only ? NULL : bar->file);
    g_autofree char *command = g_strconcat("usageline setup ", arguments, NULL);
    if (!is_only && bar->file)
        name = bar->file;
    if (module)
        printf(_("%s: %s\n"), name, text);
    else
        printf(_("%s: %s: %s\n"), name, text, command);
    return true;
}

static bool setup_print_each(const GPtrArray *bars)
{
    bool any = false;

    for (guint i = 0; i < bars->len; i++)
        any = setup_print_bar(bars->pdata[i], bars->len == 1) || any;
    return any;
}

int setup_print_bars(void)
{
    bool any = false;

    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        g_autoptr(GPtrArray) bars = bars_find(*adapter);
        any = setup_print_each(bars) || any;
    }
    if (any)
        return 0;
    fputs(_("usageline: no bar is there that usageline knows: Waybar, i3blocks or Polybar.\n"),
          stderr);
    return EXIT_FAILED;
}

void setup_print_choices(const GPtrArray *bars)
{
    const struct found_bar *first = bars->pdata[0];

    printf(_("Several %s bars are running, each with its own configuration:\n\n"),
           first->adapter->name);
    setup_print_each(bars);
    printf(_("\nNothing has been changed. Choose one of them with --config FILE, or all with "
             "--all.\n"));
}
