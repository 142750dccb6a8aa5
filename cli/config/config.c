/* usageline config: subcommands about the configuration and what is stored beside it. */
#include "cli/config/config_command.h"

#include "cli/base/command.h"
#include "common/base/i18n.h"

#include <stdio.h>

/* `enable` and `disable` take ID or --provider ID. */
#define MAX_ID_ARGUMENTS 2

static int config_print_path(struct context *context, int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts(context->paths->config_file);
    return 0;
}

static int config_print_settings(struct context *context, int argc, char **argv)
{
    g_autofree char *text = config_dump(context->config);

    (void)argc;
    (void)argv;
    fputs(text, stdout);
    return 0;
}

static const struct command config_commands[] = {
    {"set-api-key", "[--provider ID] --stdin", N_("store an API key"), COMMAND_HAS_OPTIONS,
     config_change_credentials},
    {"set-cookie", "[--provider ID] --stdin", N_("store the cookie of a web session"),
     COMMAND_HAS_OPTIONS, config_change_credentials},
    {"unset", "[--provider ID]", N_("forget what was stored"), COMMAND_HAS_OPTIONS,
     config_change_credentials},
    {"validate", "", N_("say what is wrong in the configuration file"), 0, config_validate},
    {"dump", "", N_("print the settings in effect, without secrets"), 0, config_print_settings},
    {"path", "", N_("print where the configuration file is looked for"), 0, config_print_path},
    {"providers", "", N_("list the providers that are there"), 0, config_providers},
    {"browsers", "[--provider ID]", N_("list the browsers that are looked into for a session"),
     COMMAND_HAS_OPTIONS, config_browsers},
    {"enable", "ID", N_("enable a provider"), MAX_ID_ARGUMENTS, config_set_enabled},
    {"disable", "ID", N_("disable a provider"), MAX_ID_ARGUMENTS, config_set_enabled},
    {0},
};

static const struct command_group config_group = {
    .name = "config",
    .commands = config_commands,
    .usage = N_("Usage: usageline config COMMAND [OPTION…]\n\n"),
    .hint =
        N_("\nThe configuration file itself is yours: usageline reads it and never writes it.\n"),
    .columns = 36,
};

int command_config(struct context *context, int argc, char **argv)
{
    return command_dispatch(&config_group, context, argc, argv);
}
