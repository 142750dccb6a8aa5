#include "cli/options.h"

#include "common/error.h"

#include <stdio.h>
#include <stdlib.h>

/* The table again, its offsets turned into addresses within `group.values`. */
static GOptionEntry *resolve(struct option_group group)
{
    guint count = 0;
    GOptionEntry *entries;

    while (group.entries && group.entries[count].long_name)
        count++;
    entries = g_new0(GOptionEntry, count + 1);
    for (guint i = 0; i < count; i++) {
        entries[i] = group.entries[i];
        entries[i].arg_data = (char *)group.values + (gsize)group.entries[i].arg_data;
        /* GLib would convert a string from the locale's character set: ours is UTF-8. */
        if (entries[i].arg == G_OPTION_ARG_STRING)
            entries[i].arg = G_OPTION_ARG_FILENAME;
    }
    return entries;
}

G_GNUC_NORETURN
static void print_help(GOptionContext *context, const struct option_help *help)
{
    g_autofree char *description = help->describe ? help->describe() : g_strdup(help->description);

    g_option_context_set_description(context, description);
    /* Not through GLib's own printing, which is for the locale's character set: ours is UTF-8. */
    g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);

    fputs(text, stdout);
    exit(EXIT_SUCCESS);
}

bool options_parse(const struct option_help *help, struct option_group first,
                   struct option_group second, int *argc, char ***argv, GError **error)
{
    g_autofree char *program = g_strconcat("usageline ", help->command, NULL);
    g_autofree GOptionEntry *first_entries = resolve(first);
    g_autofree GOptionEntry *second_entries = resolve(second);
    gboolean help_is_wanted = FALSE;
    const GOptionEntry help_entries[] = {
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help_is_wanted, "Show this help", NULL}, {0}};
    GOptionContext *context = g_option_context_new(help->arguments);
    GError *problem = NULL;

    g_set_prgname(program); /* the help text begins with it */
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, first_entries, NULL);
    g_option_context_add_main_entries(context, second_entries, NULL);
    g_option_context_add_main_entries(context, help_entries, NULL);
    g_option_context_set_summary(context, help->summary);
    g_option_context_parse(context, argc, argv, &problem);
    if (!problem && help_is_wanted)
        print_help(context, help);
    g_option_context_free(context);
    if (!problem)
        return true;
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_CONFIG, problem->message);
    g_error_free(problem);
    return false;
}

bool options_are_all(int argc, char **argv, GError **error)
{
    if (argc <= 1)
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, "unexpected argument \"%s\"", argv[1]);
    return false;
}
