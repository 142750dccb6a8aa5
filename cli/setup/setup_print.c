#include "cli/setup/setup_print.h"

#include "cli/base/output.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/setup/apply.h"
#include "common/setup/bar_setup.h"
#include "common/setup/command.h"
#include "common/setup/diff.h"
#include "common/usage/provider.h"

#include <stdio.h>
#include <unistd.h>

#define RED   "\033[31m"
#define GREEN "\033[32m"
#define RESET "\033[0m"

bool setup_can_ask(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool setup_ask(const char *question)
{
    char answer = '\0';
    int character;

    fputs(question, stdout);
    fflush(stdout);
    /* The whole line, or its end would answer the next question. */
    while ((character = getchar()) != EOF && character != '\n') {
        if (answer == '\0' && !g_ascii_isspace(character))
            answer = (char)character;
    }
    if (character == EOF)
        putchar('\n');
    return character != EOF && (answer == 'y' || answer == 'Y');
}

/* Colours the lines as `git diff` does. */
static void setup_print_rich(const char *diff)
{
    g_auto(GStrv) lines = g_strsplit(diff, "\n", -1);

    for (char **line = lines; *line; line++) {
        const char *color = **line == '-' ? RED : **line == '+' ? GREEN : "";

        if (line[1] || **line != '\0')
            printf("%s%s%s\n", color, *line, *color ? RESET : "");
    }
}

static void setup_print_diff(const struct context *context, const struct setup_write *write)
{
    g_autofree char *diff = diff_unified(write->before ? write->target : "/dev/null",
                                         write->after ? write->target : "/dev/null",
                                         write->before ? write->before : "", write->edits);

    if (output_is_rich(context))
        setup_print_rich(diff);
    else
        fputs(diff, stdout);
}

void setup_print_plan(const struct context *context, const struct setup_plan *plan,
                      const GPtrArray *writes)
{
    for (guint i = 0; i < plan->notes->len; i++)
        puts(plan->notes->pdata[i]);
    for (guint i = 0; i < writes->len; i++)
        setup_print_diff(context, writes->pdata[i]);
}

static void setup_print_write(const struct setup_write *write)
{
    if (!write->backup)
        printf(!write->after        ? _("%s is deleted.\n")
               : write->is_restored ? _("%s is as it was.\n")
               : write->before      ? _("%s is changed.\n")
                                    : _("%s is made.\n"),
               write->path);
    else
        printf(!write->after        ? _("%s is deleted; what it was is in %s.\n")
               : write->is_restored ? _("%s is as it was before setup; with your changes of the "
                                        "module it is in %s.\n")
                                    : _("%s is changed; what it was is in %s.\n"),
               write->path, write->backup);
}

void setup_print_done(const GPtrArray *writes)
{
    putchar('\n');
    for (guint i = 0; i < writes->len; i++)
        setup_print_write(writes->pdata[i]);
}

void setup_print_failure(const GPtrArray *writes, const GError *error)
{
    bool any_stuck = false;

    fflush(stdout);
    for (guint i = 0; i < writes->len; i++) {
        const struct setup_write *write = writes->pdata[i];

        any_stuck = any_stuck || write->is_stuck;
        if (write->is_stuck && write->backup)
            output_complain(_("usageline: %s could not be taken back; what it was is in %s\n"),
                            write->path, write->backup);
        else if (write->is_stuck)
            output_complain(_("usageline: %s could not be taken back\n"), write->path);
    }
    output_report(error);
    if (!any_stuck)
        fputs(_("usageline: all is as it was.\n"), stderr);
}

void setup_print_lines(const struct adapter *adapter, const char *program)
{
    g_autofree char *described = adapter->setup->describe();
    g_autofree char *lines = setup_command_use_path(described, program);

    printf(_("To do it by hand:\n\n%s\n\nThen: %s\n"), lines, _(adapter->setup->reload));
}

/* Whether the provider reports a credential that it can use. */
static bool setup_has_credential(const struct context *context, const char *provider)
{
    autoptr(json) sources = provider_question(context->paths, provider, "--diagnose", NULL);

    for (guint i = 0; i < json_length(sources); i++) {
        if (json_is_true(json_get(json_at(sources, i), "used")))
            return true;
    }
    return json_length(sources) == 0; /* without sources it may need none */
}

void setup_print_next(const struct context *context, const struct adapter *adapter,
                      const char *arguments)
{
    const char *provider = context_provider(context, NULL);

    printf(_("\nTo see it: %s\nTo take it back: usageline setup %s --undo\n"),
           _(adapter->setup->reload), arguments);
    if (!provider)
        puts(_("No provider is enabled; see `usageline config providers`."));
    else if (!setup_has_credential(context, provider))
        printf(_("\nThere is no credential yet. `usageline doctor` tells what is looked for; the "
                 "quickest way is an\nAPI key:\n\n  usageline config set-api-key --provider %s "
                 "--stdin\n"),
               provider);
}
