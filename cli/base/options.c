#include "cli/base/options.h"

#include "cli/base/output.h"
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"

#include <stdio.h>
#include <stdlib.h>

/* A copy of the table with addresses within `group.values` in place of the offsets. */
static GOptionEntry *options_resolve(struct option_group group)
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

/* "-p, --provider=ID"; the caller frees it. */
static char *options_term(const GOptionEntry *entry)
{
    const char *value = entry->arg_description ? _(entry->arg_description) : NULL;
    g_autofree char *name = g_strconcat("--", entry->long_name, value ? "=" : NULL, value, NULL);

    if (entry->short_name == '\0')
        return g_steal_pointer(&name);
    return g_strdup_printf("-%c, %s", entry->short_name, name);
}

static guint options_widest_term(const GOptionEntry *entries)
{
    guint columns = 0;

    for (const GOptionEntry *entry = entries; entry->long_name; entry++) {
        g_autofree char *term = options_term(entry);
        columns = MAX(columns, text_columns(term));
    }
    return columns;
}

static void options_print_entries(const GOptionEntry *entries, guint columns)
{
    for (const GOptionEntry *entry = entries; entry->long_name; entry++) {
        g_autofree char *term = options_term(entry);
        output_print_row(stdout, columns + 1, term, _(entry->description));
    }
}

/* GLib's own help would be translated only where GLib's translations are installed, and is printed
 * in the locale's character set: ours is UTF-8. */
G_GNUC_NORETURN
static void options_print_help(const struct command_line *line, const GOptionEntry *const tables[],
                               gsize count)
{
    g_autofree char *description = line->describe ? line->describe() : NULL;
    guint columns = 0;

    for (gsize i = 0; i < count; i++)
        columns = MAX(columns, options_widest_term(tables[i]));
    printf(_("Usage:\n  usageline %s [OPTION…]"), line->command);
    printf("%s%s\n\n%s\n\n", line->arguments ? " " : "", line->arguments ? line->arguments : "",
           _(line->summary));
    puts(_("Options:"));
    for (gsize i = 0; i < count; i++)
        options_print_entries(tables[i], columns);
    if (!description && line->description)
        description = g_strdup(_(line->description));
    if (description)
        printf("\n%s\n", description);
    exit(EXIT_SUCCESS);
}

static bool options_check_arguments(const struct command_line *line, int argc, char **argv,
                                    GError **error)
{
    if (argc - 1 <= line->max_arguments)
        return true;
    if (line->refusal)
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _(line->refusal));
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("unexpected argument \"%s\""),
                    argv[line->max_arguments + 1]);
    return false;
}

bool options_parse(const struct command_line *line, int *argc, char ***argv, GError **error)
{
    g_autofree GOptionEntry *entries = options_resolve(line->options);
    g_autofree GOptionEntry *more_entries = options_resolve(line->more_options);
    gboolean help_is_wanted = FALSE;
    const GOptionEntry help_entries[] = {
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help_is_wanted, N_("Show this help"), NULL}, {0}};
    const GOptionEntry *const tables[] = {entries, more_entries, help_entries};
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) problem = NULL;

    g_option_context_set_help_enabled(context, FALSE);
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        g_option_context_add_main_entries(context, tables[i], NULL);
    if (!g_option_context_parse(context, argc, argv, &problem)) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_CONFIG, problem->message);
        return false;
    }
    if (help_is_wanted)
        options_print_help(line, tables, G_N_ELEMENTS(tables));
    return options_check_arguments(line, *argc, *argv, error);
}

static void options_clear_group(struct option_group group)
{
    for (const GOptionEntry *entry = group.entries; entry && entry->long_name; entry++) {
        if (entry->arg == G_OPTION_ARG_STRING || entry->arg == G_OPTION_ARG_FILENAME)
            g_clear_pointer((char **)((char *)group.values + (gsize)entry->arg_data), g_free);
    }
}

void options_clear(const struct command_line *line)
{
    options_clear_group(line->options);
    options_clear_group(line->more_options);
}
