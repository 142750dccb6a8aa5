#include "common/usage/refresh_process.h"

#include "common/base/i18n.h"
#include "common/usage/alerts.h"
#include "common/usage/provider.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A bar that ends the command it started must not end the fetch for all bars; but what belongs to
 * a process that lives as long as its bar (`tied`) must not outlive it. */
static void refresh_process_set_up(bool tied, bool verbose)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    sigset_t none;

    /* The signal that makes a bar refresh is often sent to all processes of this name. */
    signal(SIGUSR1, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    if (tied)
        prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (null >= 0) {
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        if (!verbose)
            dup2(null, STDERR_FILENO);
    }
    /* Never waits for the lock longer than others can hold it. */
    alarm(3 * PROVIDER_DEADLINE / 1000);
}

/* Writes the message of a failure into the pipe; success only closes it. The alerts are sent by yet
 * another process: showing a notification may take long, and the bar must not wait for it. */
G_GNUC_NORETURN
static void refresh_process_main(const struct refresh *refresh, int pipe_end)
{
    g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    autoclear(stored) stored = {0};

    if (refresh_now(refresh, &stored, alerts, &error) == REFRESH_FAILED &&
        write(pipe_end, error->message, strlen(error->message)) < 0)
        _exit(1); /* the bar has gone */
    close(pipe_end);
    if (alerts->len > 0 && fork() == 0)
        alerts_send(refresh->paths, alerts);
    _exit(0);
}

bool refresh_process_begin(const struct refresh *refresh, bool tied,
                           struct refresh_process *process, GError **error)
{
    pid_t parent = getpid();
    int ends[2] = {-1, -1};
    pid_t child;

    *process = REFRESH_PROCESS_NONE;
    child = pipe2(ends, O_CLOEXEC) < 0 ? -1 : fork();
    if (child < 0) {
        int why = errno;
        close(ends[0]);
        close(ends[1]);
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("no process could be started: %s"),
                    g_strerror(why));
        return false;
    }
    if (child == 0) {
        close(ends[0]);
        refresh_process_set_up(tied, refresh->verbose);
        if (tied && getppid() != parent)
            _exit(1); /* the parent ended before this process was tied to it */
        refresh_process_main(refresh, ends[1]);
    }
    close(ends[1]);
    *process = (struct refresh_process){.pid = child, .end = ends[0]};
    return true;
}

bool refresh_process_has_ended(const struct refresh_process *process, gint64 max_wait)
{
    gint64 end = g_get_monotonic_time() + max_wait * 1000;

    for (;;) {
        struct pollfd polled = {.fd = process->end, .events = POLLIN};
        gint64 left = (end - g_get_monotonic_time()) / 1000;
        int ready = poll(&polled, 1, (int)MAX(0, left));

        if (ready >= 0 || errno != EINTR)
            return ready > 0;
    }
}

bool refresh_process_end(struct refresh_process *process, gint64 max_wait, GError **error)
{
    bool ended = refresh_process_has_ended(process, max_wait * 1000);
    char message[1024];
    gssize length = ended ? read(process->end, message, sizeof message) : 0;

    close(process->end);
    waitpid(process->pid, NULL, ended ? 0 : WNOHANG);
    *process = REFRESH_PROCESS_NONE;
    if (length <= 0)
        return true; /* if it goes on, the next line will show the result */
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, "%.*s", (int)length, message);
    return false;
}

void refresh_and_load(const struct refresh *refresh, gint64 max_wait, struct stored *stored)
{
    struct refresh_process process;
    GError *problem = NULL;

    refresh_load(refresh, stored);
    if (!refresh_is_due(refresh, stored))
        return;
    stored_clear(stored);
    if (max_wait == REFRESH_WITHIN) {
        g_autoptr(GPtrArray) alerts = g_ptr_array_new_with_free_func(g_free);
        refresh_now(refresh, stored, alerts, &problem);
        alerts_send(refresh->paths, alerts);
    } else {
        if (refresh_process_begin(refresh, false, &process, &problem))
            refresh_process_end(&process, max_wait, &problem);
        refresh_load(refresh, stored);
    }
    stored->problem = problem;
}
