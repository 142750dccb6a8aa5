/* usageline: finds the subcommand and runs it. */
#include "cli/base/adapters.h"
#include "cli/base/command.h"
#include "cli/base/help.h"
#include "common/base/build.h"
#include "common/base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    const char *summary;
    int (*run)(struct context *context, int argc, char **argv);
} commands[] = {
    {"usage", N_("show the usage to a person, or as JSON"), command_usage},
    {"details", N_("show the usage as a desktop notification, for bars without a tooltip"),
     command_details},
    {"open", N_("open the provider's page in a browser"), command_open},
    {"refresh", N_("fetch the usage now"), command_refresh},
    {"show", N_("let a bar show the next window, or what is left"), command_show},
    {"setup", N_("put usageline into a bar's configuration"), command_setup},
    {"doctor", N_("find out why a bar does not show what it should"), command_doctor},
    {"theme", N_("the colours that there are, and a style sheet of them"), command_theme},
    {"config", N_("credentials, providers, and what is wrong in the configuration"),
     command_config},
};

static void print_help(FILE *stream)
{
    fputs(_("Usage: usageline COMMAND [OPTION…]\n\n"
            "How much of your coding plan is used, and when it resets.\n\n"
            "In a bar:\n"),
          stream);
    for (gsize i = 0; adapters[i]; i++)
        help_row(stream, 10, adapters[i]->name, _(adapters[i]->summary));
    fputs(_("\nIn a terminal:\n"), stream);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        help_row(stream, 10, commands[i].name, _(commands[i].summary));
    fputs(_("\n`usageline COMMAND --help` tells more; the manual is usageline(1).\n"), stream);
}

/* A person or a script must learn that output is lost; a bar is gone then. */
static int finish_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, _("usageline: the output can't be written: %s\n"), g_strerror(errno));
    return EXIT_FAILED;
}

static int run(const char *name, struct context *context, int argc, char **argv)
{
    const struct adapter *adapter = adapters_find(name);

    if (adapter)
        return command_draw(adapter, context, argc, argv);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(name, commands[i].name) == 0)
            return finish_output(commands[i].run(context, argc, argv));
    }
    fprintf(stderr, _("usageline: there is no command \"%s\".\n"), name);
    print_help(stderr);
    /* If a bar has been told to run this, it should show something. */
    puts(_("usageline ! unknown command"));
    return EXIT_USAGE;
}

static int run_in_context(int argc, char **argv)
{
    struct context context = {.paths = paths_new()};
    int status;

    context_renew(&context);
    status = run(argv[0], &context, argc, argv);
    config_free(context.config);
    paths_free(context.paths);
    return status;
}

/* A file or a pipe must not get the number of a stream that the caller has closed. Writing to the
 * stream fails as before. */
static void occupy_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0)
            open("/dev/null", O_RDONLY);
    }
}

int main(int argc, char **argv)
{
    occupy_standard_streams();
    i18n_start(USAGELINE_LOCALE_FROM_BIN);
    /* Sent to all processes of this name, it is meant for those that draw continuously, which take
     * it: it must end none of the others. */
    signal(SIGUSR1, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like a full disk */
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        puts("usageline " USAGELINE_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return 0;
    }
    return run_in_context(argc - 1, argv + 1);
}
