#include "cli/base/output.h"

#include <errno.h>
#include <glib.h>
#include <poll.h>
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

static bool wait_for_room(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};

    return poll(&output, 1, -1) >= 0 || errno == EINTR;
}

bool output_write(const char *text)
{
    gsize left = strlen(text);

    while (left > 0) {
        gssize written = write(STDOUT_FILENO, text, left);

        if (written < 0 && errno == EAGAIN && wait_for_room())
            continue;
        if (written < 0 && errno != EINTR)
            return false;
        text += MAX(written, 0);
        left -= (gsize)MAX(written, 0);
    }
    return true;
}
