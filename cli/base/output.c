#include "cli/base/output.h"

#include "common/base/text.h"

#include <sys/ioctl.h>
#include <unistd.h>

#define MIN_COLUMNS 30

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

guint output_columns(FILE *stream)
{
    struct winsize size;

    if (ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return G_MAXUINT;
    return MAX(size.ws_col, MIN_COLUMNS);
}

void output_print_row(FILE *stream, guint columns, const char *term, const char *text)
{
    guint width = text_columns(term);

    fprintf(stream, "  %s%*s %s\n", term, (int)(width < columns ? columns - width : 0), "", text);
}

void output_complain(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *wrapped = text_wrap(message, output_columns(stderr));
    fputs(wrapped, stderr);
}

void output_report(const GError *error)
{
    output_complain("usageline: %s\n", error->message);
}
