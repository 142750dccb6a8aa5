#include "cli/base/options.h"

#include "cli/base/output.h"
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
static void options_print_help(const struct command_line *line, const GOptionEntry *const tables[])
{
    g_autofree char *description = line->describe ? line->describe() : NULL;
    guint columns = 0;

    for (gsize i = 0; tables[i]; i++)
        columns = MAX(columns, options_widest_term(tables[i]));
    printf(_("Usage:\n  usageline %s [OPTION…]"), line->command);
    printf("%s%s\n\n%s\n\n", line->arguments ? " " : "", line->arguments ? line->arguments : "",
           _(line->summary));
    puts(_("Options:"));
    for (gsize i = 0; tables[i]; i++)
        options_print_entries(tables[i], columns);
    if (!description && line->description)
        description = g_strdup(_(line->description));
    if (description)
        printf("\n%s\n", description);
    exit(EXIT_SUCCESS);
}

static const GOptionEntry *options_find(const GOptionEntry *const tables[], const char *name)
{
    for (; *tables; tables++) {
        for (const GOptionEntry *entry = *tables; entry->long_name; entry++) {
            if (strcmp(entry->long_name, name) == 0)
                return entry;
        }
    }
    return NULL;
}

static const GOptionEntry *options_find_short(const GOptionEntry *const tables[], char name)
{
    for (; *tables; tables++) {
        for (const GOptionEntry *entry = *tables; entry->long_name; entry++) {
            if (entry->short_name == name)
                return entry;
        }
    }
    return NULL;
}

static void options_refuse_unknown(const GOptionEntry *const tables[], const char *name,
                                   GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *nearest;

    for (; *tables; tables++) {
        for (const GOptionEntry *entry = *tables; entry->long_name; entry++)
            g_ptr_array_add(names, g_strdup(entry->long_name));
    }
    nearest = text_nearest(name, names);
    if (nearest)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("there is no option --%s; did you mean --%s?"), name, nearest);
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("there is no option --%s"), name);
}

static void options_refuse_value(const struct command_line *line, const char *name, GError **error)
{
    for (guint i = 0; line->opposites && line->opposites[i]; i++) {
        if (strcmp(line->opposites[i], name) == 0) {
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("--%s takes no value; its opposite is --%s"), name,
                        line->opposites[i ^ 1]);
            return;
        }
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("--%s takes no value"), name);
}

/* Checks "name" or "name=value". Sets *lacks_value if the value is the next argument. */
static bool options_check_long(const struct command_line *line, const GOptionEntry *const tables[],
                               const char *word, bool *lacks_value, GError **error)
{
    const char *value = strchr(word, '=');
    g_autofree char *name = value ? g_strndup(word, (gsize)(value - word)) : g_strdup(word);
    const GOptionEntry *entry = options_find(tables, name);

    if (!entry)
        options_refuse_unknown(tables, name, error);
    else if (entry->arg == G_OPTION_ARG_NONE && value)
        options_refuse_value(line, name, error);
    else
        *lacks_value = entry->arg != G_OPTION_ARG_NONE && !value;
    return entry && (entry->arg != G_OPTION_ARG_NONE || !value);
}

/* Checks letters, of which the last may have a value behind it. */
static bool options_check_short(const GOptionEntry *const tables[], const char *letters,
                                bool *lacks_value, GError **error)
{
    bool is_flag = false; /* the letter before this one */

    for (; *letters != '\0'; letters++) {
        const GOptionEntry *entry = options_find_short(tables, *letters);

        if (!entry && *letters == '=' && is_flag) {
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("-%c takes no value"),
                        letters[-1]);
            return false;
        }
        is_flag = true;
        if (!entry) {
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("there is no option -%.*s"),
                        (int)(g_utf8_next_char(letters) - letters), letters);
            return false;
        }
        if (entry->arg != G_OPTION_ARG_NONE) {
            *lacks_value = letters[1] == '\0';
            return true;
        }
    }
    return true;
}

/* Refuses what GLib accepts in silence, "--flag=false", and what it would refuse in words that are
 * translated only where GLib's translations are installed. */
static bool options_check(const struct command_line *line, const GOptionEntry *const tables[],
                          char **argv, GError **error)
{
    for (char **arg = argv + 1; *arg && strcmp(*arg, "--") != 0; arg++) {
        bool is_long = g_str_has_prefix(*arg, "--"), lacks_value = false;

        if ((*arg)[0] != '-' || (*arg)[1] == '\0')
            continue;
        if (is_long ? !options_check_long(line, tables, *arg + 2, &lacks_value, error)
                    : !options_check_short(tables, *arg + 1, &lacks_value, error))
            return false;
        if (lacks_value && !arg[1]) {
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s lacks its value"), *arg);
            return false;
        }
        if (lacks_value)
            arg++;
    }
    return true;
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
    const GOptionEntry *const tables[] = {entries, more_entries, help_entries, NULL};
    g_autoptr(GError) problem = NULL;

    if (!options_check(line, tables, *argv, error))
        return false;
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    for (gsize i = 0; tables[i]; i++)
        g_option_context_add_main_entries(context, tables[i], NULL);
    if (!g_option_context_parse(context, argc, argv, &problem)) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_CONFIG, problem->message);
        return false;
    }
    if (help_is_wanted)
        options_print_help(line, tables);
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

bool options_check_choice(const char *option, const char *value, const char *const *choices,
                          GError **error)
{
    if (!value || g_strv_contains(choices, value))
        return true;
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; choices[i]; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? ", " : "", choices[i]);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("--%s takes one of %s, not \"%s\""),
                option, all->str, value);
    return false;
}
