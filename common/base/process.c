#include "common/base/process.h"

#include "common/base/error.h"
#include "common/base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Milliseconds between two checks of whether this process must end, and whether a child that keeps
 * its output open has ended. */
#define CHECK_INTERVAL 100

/* Runs in the child between fork and exec. */
static void process_set_up_child(gpointer data)
{
    const struct process_limits *limits = data;
    sigset_t none;

    setpgid(0, 0); /* so that the whole group can be killed */
    /* If the waiting process is killed, nobody else ends this one. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (limits->capture_stderr)
        dup2(STDOUT_FILENO, STDERR_FILENO);
}

/* These would end this process but not what the child has started. They are blocked until that has
 * been killed. */
static const int process_end_signals[] = {SIGTERM, SIGINT, SIGALRM};

static bool process_ends_by(int number)
{
    struct sigaction action;

    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_DFL;
}

static bool process_must_end(void)
{
    sigset_t pending;

    sigpending(&pending);
    for (gsize i = 0; i < G_N_ELEMENTS(process_end_signals); i++) {
        if (sigismember(&pending, process_end_signals[i]) &&
            process_ends_by(process_end_signals[i]))
            return true;
    }
    return false;
}

static gint64 process_time_left(gint64 end)
{
    return MAX(0, (end - g_get_monotonic_time()) / 1000);
}

static bool process_fail(GError **error, const char *program, const char *what)
{
    g_autofree char *name = g_path_get_basename(program);

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, "%s %s", name, what);
    return false;
}

/* Whether the child has ended; waitpid still has to be called. */
static bool process_child_has_ended(GPid pid)
{
    siginfo_t info = {0};

    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

/* What is still to be written to a child, and what it has printed. */
struct process_talk {
    const char *program;
    const char *rest; /* of the input */
    GString *heard;
    gsize max_bytes;
    gint64 end; /* microseconds of the monotonic clock */
    GPid pid;
    int input, output; /* -1: closed */
};

static void process_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Writes what fits now. A child that does not read everything has not failed: its answer and its
 * status decide. */
static void process_write_some(struct process_talk *talk)
{
    gssize put = write(talk->input, talk->rest, strlen(talk->rest));

    if (put < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (put > 0)
        talk->rest += put;
    if (put < 0 || talk->rest[0] == '\0')
        process_close(&talk->input);
}

static bool process_read_some(struct process_talk *talk, GError **error)
{
    char buffer[16 * 1024];
    gssize got = read(talk->output, buffer, sizeof buffer);

    if (got < 0 && errno == EINTR)
        return true;
    if (got < 0)
        return process_fail(error, talk->program, g_strerror(errno));
    if (got == 0)
        process_close(&talk->output);
    if (talk->heard->len + (gsize)got > talk->max_bytes)
        return process_fail(error, talk->program, _("printed more than is allowed and was ended"));
    g_string_append_len(talk->heard, buffer, got);
    return true;
}

/* Writes and reads what is possible, until all is written and the child has closed its output, or
 * has ended while others keep that open. */
static bool process_communicate(struct process_talk *talk, GError **error)
{
    bool ended = false;

    while (talk->input >= 0 || talk->output >= 0) {
        struct pollfd fds[] = {{.fd = talk->output, .events = POLLIN},
                               {.fd = talk->input, .events = POLLOUT}};
        gint64 left = process_time_left(talk->end);
        int ready = poll(fds, G_N_ELEMENTS(fds), ended ? 0 : (int)MIN(left, CHECK_INTERVAL));

        if (ready < 0 && errno == EINTR)
            continue;
        if (process_must_end())
            return process_fail(error, talk->program, _("was ended, for this process has to end"));
        if (ready == 0 && ended)
            return true; /* all that it printed has been read */
        if (ready == 0 && left > 0) {
            ended = process_child_has_ended(talk->pid);
            continue;
        }
        if (ready <= 0)
            return process_fail(error, talk->program, _("did not answer in time and was ended"));
        if (fds[1].revents != 0)
            process_write_some(talk);
        if (fds[0].revents != 0 && !process_read_some(talk, error))
            return false;
    }
    return true;
}

/* Waits for the end of the child, which SIGCHLD (blocked) reports. */
static bool process_wait(GPid pid, const char *program, gint64 end, int *wait_status,
                         GError **error)
{
    sigset_t child;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    while (waitpid(pid, wait_status, WNOHANG) == 0) {
        gint64 left = process_time_left(end);
        struct timespec timeout = {.tv_nsec = MIN(left, CHECK_INTERVAL) * 1000000};

        if (process_must_end())
            return process_fail(error, program, _("was ended, for this process has to end"));
        if (sigtimedwait(&child, NULL, &timeout) < 0 && errno == EAGAIN && left == 0)
            return process_fail(error, program, _("did not end in time and was ended"));
    }
    return true;
}

static bool process_read_status(const char *program, int wait_status, int *status, GError **error)
{
    *status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
    if (!WIFSIGNALED(wait_status))
        return true;
    g_autofree char *what = g_strdup_printf(_("was ended by signal %d (%s)"), WTERMSIG(wait_status),
                                            strsignal(WTERMSIG(wait_status)));
    return process_fail(error, program, what);
}

static bool process_start(const char *const argv[], struct process_limits *limits,
                          struct process_talk *talk, GError **error)
{
    GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD;
    g_autoptr(GError) problem = NULL;

    if (!limits->inherit_stderr && !limits->capture_stderr)
        flags |= G_SPAWN_STDERR_TO_DEV_NULL;
    if (!g_spawn_async_with_pipes(NULL, (char **)(gintptr)argv, NULL, flags, process_set_up_child,
                                  limits, &talk->pid, talk->rest ? &talk->input : NULL,
                                  &talk->output, NULL, &problem))
        return process_fail(error, argv[0], problem->message);
    if (talk->input >= 0)
        fcntl(talk->input, F_SETFL, O_NONBLOCK);
    return true;
}

static bool process_run_unguarded(const char *const argv[], const char *input,
                                  struct process_limits limits, struct process_result *result,
                                  GError **error)
{
    struct process_talk talk = {
        .program = argv[0],
        .rest = input,
        .heard = result->output,
        .max_bytes = limits.max_bytes,
        .end = g_get_monotonic_time() + limits.deadline * 1000,
        .input = -1,
        .output = -1,
    };
    int wait_status = 0;
    bool ended;

    if (!process_start(argv, &limits, &talk, error))
        return false;
    ended = process_communicate(&talk, error) &&
            process_wait(talk.pid, argv[0], talk.end, &wait_status, error);
    process_close(&talk.input);
    process_close(&talk.output);
    kill(-talk.pid, SIGKILL); /* also what it has left behind */
    if (!ended)
        waitpid(talk.pid, NULL, 0);
    return ended && process_read_status(argv[0], wait_status, &result->status, error);
}

bool process_run(const char *const argv[], const char *input, struct process_limits limits,
                 struct process_result *result, GError **error)
{
    /* A parent may have handed down that SIGCHLD is ignored: then the end would not be reported. */
    const struct sigaction standard = {.sa_handler = SIG_DFL};
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction inherited, pipe_before;
    sigset_t blocked, before;
    bool done;

    *result = (struct process_result){.output = g_string_new(NULL), .status = -1};
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    for (gsize i = 0; i < G_N_ELEMENTS(process_end_signals); i++) {
        if (process_ends_by(process_end_signals[i]))
            sigaddset(&blocked, process_end_signals[i]);
    }
    sigaction(SIGCHLD, &standard, &inherited);
    sigaction(SIGPIPE, &ignore, &pipe_before); /* GLib resets it for the child */
    sigprocmask(SIG_BLOCK, &blocked, &before);
    done = process_run_unguarded(argv, input, limits, result, error);
    sigprocmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGPIPE, &pipe_before, NULL);
    sigaction(SIGCHLD, &inherited, NULL);
    return done;
}
