#include "cli/base/click_error.h"

#include "cli/base/output.h"
#include "common/usage/notification.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* In a process of its own, which must not hold what the bar reads. */
G_GNUC_NORETURN
static void click_error_notify(const struct context *context, const GError *error)
{
    const struct notification notification = {
        .id = "click", .summary = "usageline", .body = error->message, .urgency = URGENCY_NORMAL};
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    sigset_t none;

    setsid();
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int fd = STDIN_FILENO; null >= 0 && fd <= STDERR_FILENO; fd++)
        dup2(null, fd);
    notification_send(context->paths, &notification, NULL);
    _exit(0);
}

void click_error_report(const struct context *context, const char *bar, const GError *error)
{
    pid_t child;

    output_report(error);
    if (!bar || bar[0] == '\0')
        return;
    child = fork();
    if (child == 0) {
        if (fork() == 0) /* nobody has to wait for the grandchild */
            click_error_notify(context, error);
        _exit(0);
    }
    if (child > 0)
        waitpid(child, NULL, 0);
}
