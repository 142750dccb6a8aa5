#include "cli/base/command.h"

#include "cli/base/output.h"
#include "common/base/i18n.h"
#include "common/base/text.h"

#include <string.h>

bool command_is_help(const char *argument)
{
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

const struct command *command_find(const struct command *commands, const char *name)
{
    for (; commands->name; commands++) {
        if (strcmp(commands->name, name) == 0)
            return commands;
    }
    return NULL;
}

/* gettext translates the empty text to something else. */
static const char *command_arguments(const struct command *command)
{
    return command->arguments[0] == '\0' ? "" : _(command->arguments);
}

void command_print_rows(const struct command *commands, FILE *stream, unsigned columns)
{
    for (; commands->name; commands++) {
        g_autofree char *term = g_strjoin(" ", commands->name, command_arguments(commands), NULL);

        output_print_row(stream, columns, term, _(commands->summary));
    }
}

static void command_print_help(const struct command_group *group, FILE *stream)
{
    fputs(_(group->usage), stream);
    command_print_rows(group->commands, stream, group->columns);
    fputs(_(group->hint), stream);
}

static int command_run(const struct command_group *group, const struct command *command,
                       struct context *context, int argc, char **argv)
{
    if (command->max_arguments == COMMAND_HAS_OPTIONS)
        return command->run(context, argc, argv);
    if (argc > 1 && command_is_help(argv[1])) {
        printf(_("Usage: usageline %s %s %s\n\n%s\n"), group->name, command->name,
               command_arguments(command), _(command->summary));
        return 0;
    }
    if (argc - 1 <= command->max_arguments)
        return command->run(context, argc, argv);
    output_complain(_("usageline: %s %s: unexpected \"%s\".\n"), group->name, command->name,
                    argv[command->max_arguments + 1]);
    return EXIT_USAGE;
}

void command_add_names(const struct command *commands, GPtrArray *names)
{
    for (; commands->name; commands++)
        g_ptr_array_add(names, g_strdup(commands->name));
}

bool command_report_unknown(const char *command, const char *word, const GPtrArray *names)
{
    g_autofree char *suggestion = text_suggest(word, names);

    output_complain(_("usageline: there is no command \"%s\"%s\n"), command, suggestion);
    return suggestion[0] != '\0';
}

static void command_refuse(const struct command_group *group, const char *word)
{
    g_autofree char *command = g_strjoin(" ", group->name, word, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    command_add_names(group->commands, names);
    if (!command_report_unknown(command, word, names))
        command_print_help(group, stderr);
}

int command_dispatch(const struct command_group *group, struct context *context, int argc,
                     char **argv)
{
    const struct command *command = argc > 1 ? command_find(group->commands, argv[1]) : NULL;

    if (command)
        return command_run(group, command, context, argc - 1, argv + 1);
    if (argc > 1 && command_is_help(argv[1])) {
        command_print_help(group, stdout);
        return 0;
    }
    if (argc > 1)
        command_refuse(group, argv[1]);
    else
        command_print_help(group, stderr);
    return EXIT_USAGE;
}
