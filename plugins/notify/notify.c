/* usageline-notify: shows the notification that it reads from stdin as JSON (notification.h). */
#include "common/base/build.h"
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/usage/notification.h"
#include "plugins/notify/server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_MESSAGE 250 /* characters */
/* Seconds after which it gives up, whatever hangs; less than the caller's deadline. */
#define LAST_RESORT 8

static int notify_fail(const GError *error)
{
    g_autofree char *line = text_clean_line(error->message, MAX_MESSAGE);

    fprintf(stderr, NOTIFICATION_PROGRAM ": %s\n", line);
    return usage_error_kind(error) == USAGE_ERROR_NETWORK ? NOTIFICATION_EXIT_NO_SERVER
                                                          : NOTIFICATION_EXIT_FAILED;
}

/* In English, because a signal handler must not look up a translation. */
static void notify_give_up(G_GNUC_UNUSED int number)
{
    static const char text[] = NOTIFICATION_PROGRAM ": it took too long\n";

    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(NOTIFICATION_EXIT_FAILED);
    _exit(NOTIFICATION_EXIT_NO_SERVER);
}

/* Returns all of stdin, for the caller to free; NULL and an error if it is too long. */
static char *notify_read_input(gsize *length, GError **error)
{
    char *text = g_malloc(NOTIFICATION_MAX_BYTES + 1);

    *length = fread(text, 1, NOTIFICATION_MAX_BYTES + 1, stdin);
    if (*length <= NOTIFICATION_MAX_BYTES && !ferror(stdin))
        return text;
    if (ferror(stdin))
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("stdin can't be read: %s"),
                    g_strerror(errno));
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                    _("this is no notification: it has more than %d bytes"),
                    NOTIFICATION_MAX_BYTES);
    g_free(text);
    return NULL;
}

static int notify_show(void)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    g_autofree char *text = notify_read_input(&length, &error);
    struct notification notification;
    autoptr(json) json = text ? notification_parse(text, length, &notification, &error) : NULL;
    autoptr(paths) paths = paths_new();

    if (!json || !server_show(paths, &notification, &error))
        return notify_fail(error);
    return 0;
}

int main(int argc, char **argv)
{
    i18n_start(USAGELINE_LOCALE_FROM_LIBEXEC);
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts(NOTIFICATION_PROGRAM " " USAGELINE_VERSION);
        return 0;
    }
    if (argc > 1) {
        fprintf(stderr, _("Usage: %s <NOTIFICATION.json\n"), NOTIFICATION_PROGRAM);
        return NOTIFICATION_EXIT_USAGE;
    }
    signal(SIGALRM, notify_give_up);
    alarm(LAST_RESORT);
    return notify_show();
}
