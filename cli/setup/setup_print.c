/* What `usageline setup` says. */
#include "cli/base/adapters.h"
#include "cli/base/output.h"
#include "cli/setup/setup.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/setup/diff.h"
#include "common/usage/provider.h"

#include <stdio.h>
#include <string.h>
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

/* Coloured as people know it from other tools. */
static void print_rich(const char *diff)
{
    g_auto(GStrv) lines = g_strsplit(diff, "\n", -1);

    for (char **line = lines; *line; line++) {
        const char *color = **line == '-' ? RED : **line == '+' ? GREEN : "";

        if (line[1] || **line != '\0')
            printf("%s%s%s\n", color, *line, *color ? RESET : "");
    }
}

void setup_print_diff(const GPtrArray *writes)
{
    for (guint i = 0; i < writes->len; i++) {
        const struct setup_write *write = writes->pdata[i];
        g_autofree char *diff = diff_unified(
            write->before ? write->target : "/dev/null", write->after ? write->target : "/dev/null",
            write->before ? write->before : "", write->after ? write->after : "");

        if (output_is_rich())
            print_rich(diff);
        else
            fputs(diff, stdout);
    }
}

void setup_print_lines(const struct adapter *adapter)
{
    g_autofree char *lines = adapter->setup->describe();

    printf(_("To do it by hand:\n\n%s\n\nThen: %s\n"), lines, _(adapter->setup->reload));
}

/* Whether the provider has something to ask with, as far as it tells. */
static bool has_credential(const struct context *context, const char *provider)
{
    g_autofree char *text = provider_question(context->paths, provider, "--diagnose", NULL);
    autoptr(json) sources = text ? json_parse(text, strlen(text), JSON_STRICT, NULL) : NULL;

    for (guint i = 0; i < json_length(sources); i++) {
        gboolean used = FALSE;

        if (json_boolean(json_get(json_at(sources, i), "used"), &used) && used)
            return true;
    }
    return json_length(sources) == 0; /* one that tells nothing may need nothing */
}

void setup_print_next(const struct context *context, const struct adapter *adapter)
{
    const char *provider = context_provider(context);

    printf(_("\nTo see it: %s\nTo take it back: usageline setup %s --undo\n"),
           _(adapter->setup->reload), adapter->name);
    if (!provider)
        puts(_("No provider is enabled; see `usageline config providers`."));
    else if (!has_credential(context, provider))
        printf(_("\nThere is no credential yet. `usageline doctor` tells what is looked for; the "
                 "quickest way is an\nAPI key:\n\n  usageline config set-api-key --provider %s "
                 "--stdin\n"),
               provider);
}
