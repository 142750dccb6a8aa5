#include "cli/base/output.h"

#include "common/base/text.h"

#include <unistd.h>

bool output_has_color(const struct context *context)
{
    const char *no_color = g_environ_getenv(context->environment, "NO_COLOR");

    return !no_color || no_color[0] == '\0';
}

bool output_is_rich(const struct context *context)
{
    return output_has_color(context) && isatty(STDOUT_FILENO) &&
           g_strcmp0(g_environ_getenv(context->environment, "TERM"), "dumb") != 0;
}

void output_print_row(FILE *stream, guint columns, const char *term, const char *text)
{
    guint width = text_columns(term);

    fprintf(stream, "  %s%*s %s\n", term, (int)(width < columns ? columns - width : 0), "", text);
}

void output_report(const GError *error)
{
    fprintf(stderr, "usageline: %s\n", error->message);
}
