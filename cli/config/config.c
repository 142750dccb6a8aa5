/* usageline config: subcommands about the configuration and what is stored beside it. */
#include "cli/config/config_command.h"

#include "cli/base/command.h"
#include "cli/base/help.h"
#include "cli/base/options.h"
#include "common/base/i18n.h"
#include "common/usage/provider.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int command_path(struct context *context, int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts(context->paths->config_file);
    return 0;
}

static int command_dump(struct context *context, int argc, char **argv)
{
    g_autofree char *text = config_dump(context->config);

    (void)argc;
    (void)argv;
    fputs(text, stdout);
    return 0;
}

static const struct {
    const char *name;
    const char *arguments;
    const char *summary;
    int (*run)(struct context *context, int argc, char **argv);
} commands[] = {
    {"set-api-key", "[--provider ID] --stdin", N_("store an API key"), config_set_api_key},
    {"set-cookie", "[--provider ID] --stdin", N_("store the cookie of a web session"),
     config_set_cookie},
    {"unset", "[--provider ID]", N_("forget what was stored"), config_unset},
    {"validate", "", N_("say what is wrong in the configuration file"), config_validate},
    {"dump", "", N_("print the settings in effect, without secrets"), command_dump},
    {"path", "", N_("print where the configuration file is looked for"), command_path},
    {"providers", "", N_("list the providers that are there"), config_providers},
    {"browsers", "[--provider ID]", N_("list the browsers that are looked into for a session"),
     config_browsers},
    {"enable", "ID", N_("enable a provider"), config_enable},
    {"disable", "ID", N_("disable a provider"), config_disable},
};

static void print_help(FILE *stream)
{
    fputs(_("Usage: usageline config COMMAND [OPTION…]\n\n"), stream);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        g_autofree char *usage = g_strjoin(" ", commands[i].name, commands[i].arguments, NULL);
        help_row(stream, 36, usage, _(commands[i].summary));
    }
    fputs(_("\nThe configuration file itself is yours: usageline reads it and never writes it.\n"),
          stream);
}

static bool takes_no_options(int argc, char **argv)
{
    if (argc <= 1)
        return true;
    fprintf(stderr, _("usageline: config %s: unexpected \"%s\".\n"), argv[0], argv[1]);
    return false;
}

int command_config(struct context *context, int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help(stdout);
        return 0;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(argv[1], commands[i].name) != 0)
            continue;
        if (argc > 2 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0) &&
            commands[i].arguments[0] != '[') {
            printf(_("Usage: usageline config %s %s\n\n%s\n"), commands[i].name,
                   commands[i].arguments, _(commands[i].summary));
            return 0;
        }
        if (commands[i].arguments[0] == '\0' && !takes_no_options(argc - 1, argv + 1))
            return EXIT_USAGE;
        return commands[i].run(context, argc - 1, argv + 1);
    }
    fprintf(stderr, _("usageline: there is no command \"config %s\".\n"), argv[1]);
    print_help(stderr);
    return EXIT_USAGE;
}
