#include "common/setup/command.h"

#define PLAIN_CHARACTERS "A-Za-z0-9/._+@-"
/* Neither the name of a module nor a message: an argument or a redirection follows. */
#define BEFORE "(?<=[ \"=])"
#define AFTER  "(?= [a-z>])"

#define NAME BEFORE "usageline" AFTER
#define PATH BEFORE "/[" PLAIN_CHARACTERS "]*/usageline" AFTER

bool setup_command_has_name(const char *text, const char *argument)
{
    g_autofree char *pattern = g_strconcat(BEFORE, "usageline ", argument, "\\b", NULL);

    return g_regex_match_simple(pattern, text, G_REGEX_RAW, 0);
}

static char *command_replace(const char *text, const char *pattern, const char *replacement)
{
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_RAW, 0, NULL);
    char *result = g_regex_replace_literal(regex, text, -1, 0, replacement, 0, NULL);

    if (!result)
        result = g_strdup(text);
    return result;
}

char *setup_command_use_path(const char *text, const char *program)
{
    return program ? command_replace(text, NAME, program) : g_strdup(text);
}

char *setup_command_use_name(const char *text)
{
    return command_replace(text, PATH, "usageline");
}

bool setup_command_is_plain(const char *path)
{
    return g_regex_match_simple("^/[" PLAIN_CHARACTERS "]+$", path, G_REGEX_DOLLAR_ENDONLY, 0);
}
