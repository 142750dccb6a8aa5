#include "cli/base/output.h"

#include "common/base/file.h"

#include <glib.h>
#include <string.h>
#include <unistd.h>

bool output_has_color(void)
{
    const char *no_color = g_getenv("NO_COLOR");

    return !no_color || no_color[0] == '\0';
}

bool output_is_rich(void)
{
    return output_has_color() && isatty(STDOUT_FILENO) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

bool output_write(const char *text)
{
    return file_write_all(STDOUT_FILENO, text, strlen(text));
}
