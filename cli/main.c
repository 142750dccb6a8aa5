/* usageline: finds the subcommand and runs it. */
#include "cli/base/adapters.h"
#include "cli/base/command.h"
#include "cli/base/output.h"
#include "common/base/build.h"
#include "common/base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct command main_commands[] = {
    {"usage", "", N_("show the usage to a person, or as JSON"), COMMAND_HAS_OPTIONS, command_usage},
    {"details", "", N_("show the usage as a desktop notification, for bars without a tooltip"),
     COMMAND_HAS_OPTIONS, command_details},
    {"open", "", N_("open the provider's page in a browser"), COMMAND_HAS_OPTIONS, command_open},
    {"refresh", "", N_("fetch the usage now"), COMMAND_HAS_OPTIONS, command_refresh},
    {"show", "", N_("let a bar show the next window, or what is left"), COMMAND_HAS_OPTIONS,
     command_show},
    {"setup", "", N_("put usageline into a bar's configuration"), COMMAND_HAS_OPTIONS,
     command_setup},
    {"doctor", "", N_("find out why a bar does not show what it should"), COMMAND_HAS_OPTIONS,
     command_doctor},
    {"theme", "", N_("the colours that there are, and a style sheet of them"), COMMAND_HAS_OPTIONS,
     command_theme},
    {"config", "", N_("credentials, providers, and what is wrong in the configuration"),
     COMMAND_HAS_OPTIONS, command_config},
    {0},
};

static void main_print_help(FILE *stream)
{
    fputs(_("Usage: usageline COMMAND [OPTION…]\n\n"
            "How much of your coding plan is used, and when it resets.\n\n"
            "In a bar:\n"),
          stream);
    for (gsize i = 0; adapters[i]; i++)
        output_print_row(stream, 10, adapters[i]->name, _(adapters[i]->summary));
    fputs(_("\nIn a terminal:\n"), stream);
    command_print_rows(main_commands, stream, 10);
    fputs(_("\n`usageline COMMAND --help` tells more; the manual is usageline(1).\n"), stream);
}

/* A person or a script must learn that output was lost. (If a bar's was, the bar has gone.) */
static int main_finish_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    output_complain(_("usageline: the output can't be written: %s\n"), g_strerror(errno));
    return EXIT_FAILED;
}

static int main_refuse(const char *name)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    for (gsize i = 0; adapters[i]; i++)
        g_ptr_array_add(names, g_strdup(adapters[i]->name));
    command_add_names(main_commands, names);
    if (!command_report_unknown(name, name, names))
        main_print_help(stderr);
    /* If a bar runs this, it should show something. */
    puts(_("usageline ! unknown command"));
    return EXIT_USAGE;
}

static int main_run(const char *name, struct context *context, int argc, char **argv)
{
    const struct adapter *adapter = adapters_find(name, NULL);
    const struct command *command;

    if (adapter)
        return command_draw(adapter, context, argc, argv);
    command = command_find(main_commands, name);
    if (command)
        return main_finish_output(command->run(context, argc, argv));
    return main_refuse(name);
}

static int main_run_in_context(int argc, char **argv)
{
    struct context context = {.environment = environ, .paths = paths_new()};
    int status;

    context_renew(&context);
    status = main_run(argv[0], &context, argc, argv);
    config_free(context.config);
    paths_free(context.paths);
    return status;
}

/* Opens /dev/null in place of each standard stream that the caller has closed, or the next file or
 * pipe would get its number. It is read-only: writing to the stream still fails. */
static void main_occupy_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0)
            open("/dev/null", O_RDONLY); /* cppcheck-suppress leakReturnValNotUsed; stays open */
    }
}

int main(int argc, char **argv)
{
    main_occupy_standard_streams();
    i18n_start(USAGELINE_LOCALE_FROM_BIN);
    /* It is often sent to all processes of this name. Those that draw continuously handle it; it
     * must not end the others. */
    signal(SIGUSR1, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
    if (argc < 2) {
        main_print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        puts("usageline " USAGELINE_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "help") == 0 && argc > 2)
        return main_run_in_context(2, (char *[]){argv[2], (char[]){"--help"}, NULL});
    if (command_is_help(argv[1]) || strcmp(argv[1], "help") == 0) {
        main_print_help(stdout);
        return 0;
    }
    return main_run_in_context(argc - 1, argv + 1);
}
