#include "cli/config/secret_input.h"

#include "common/base/i18n.h"
#include "common/config/credentials.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_SECRET  (64 * 1024)
#define PASTE_PAUSE 150 /* milliseconds after which a paste is over */
#define CTRL_C      '\003'
#define CTRL_D      '\004'

/* Hides what is typed and lifts the terminal's own limit on a line's length. Ctrl-C and Ctrl-D come
 * as bytes, so that no signal can end the process before the terminal is restored. Returns the
 * settings to restore. */
static struct termios secret_input_hide(void)
{
    struct termios before, hidden;

    tcgetattr(STDIN_FILENO, &before);
    hidden = before;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    return before;
}

/* Whether the paste has another line: it comes at once. */
static bool secret_input_continues(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

    return poll(&input, 1, PASTE_PAUSE) > 0;
}

/* Returns the length; 0 after Ctrl-C. */
static gsize secret_input_read_bytes(char *text, gsize max, bool is_terminal)
{
    gsize length = 0;

    while (length < max) {
        gssize got = read(STDIN_FILENO, text + length, max - length);

        if (got <= 0 || (is_terminal && memchr(text + length, CTRL_D, (gsize)got)))
            break;
        if (is_terminal && memchr(text + length, CTRL_C, (gsize)got))
            return 0;
        length += (gsize)got;
        if (is_terminal && strchr("\r\n", text[length - 1]) && !secret_input_continues())
            break;
    }
    return length;
}

struct secret *secret_input_read(void)
{
    char *text = g_malloc0(MAX_SECRET + 1);
    bool is_terminal = isatty(STDIN_FILENO);
    struct secret *secret;
    gsize length;

    if (is_terminal) {
        fprintf(stderr, _("Paste it and press Enter (it is not shown): "));
        struct termios before = secret_input_hide();
        length = secret_input_read_bytes(text, MAX_SECRET, true);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fprintf(stderr, "\n");
    } else {
        length = secret_input_read_bytes(text, MAX_SECRET, false);
    }
    /* Half of it would be worse than nothing. */
    text[length] = '\0';
    secret = length < MAX_SECRET ? credentials_strip(text) : NULL;
    explicit_bzero(text, MAX_SECRET);
    g_free(text);
    return secret;
}
