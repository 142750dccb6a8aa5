#include "common/process.h"

#include "common/error.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Milliseconds between two looks at whether a child has ended that keeps its output open, and at
 * whether this process is to end. */
#define GLANCE 100

/* Runs in the child between fork and exec. */
static void set_up_child(gpointer data)
{
    sigset_t none;

    (void)data;
    setpgid(0, 0); /* so that the whole group can be ended */
    /* If the process that waits for it is killed, nobody would end it. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* These would end this process and leave what the child has started. So they are blocked meanwhile,
 * and take effect when that has been ended too. */
static const int ends[] = {SIGTERM, SIGINT, SIGALRM};

static void add_ends(sigset_t *signals)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        struct sigaction action;

        if (sigaction(ends[i], NULL, &action) == 0 && action.sa_handler == SIG_DFL)
            sigaddset(signals, ends[i]);
    }
}

static bool is_told_to_end(void)
{
    sigset_t told, pending;

    sigemptyset(&told);
    add_ends(&told);
    sigpending(&pending);
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (sigismember(&told, ends[i]) && sigismember(&pending, ends[i]))
            return true;
    }
    return false;
}

static gint64 milliseconds_until(gint64 end)
{
    return MAX(0, (end - g_get_monotonic_time()) / 1000);
}

static bool fail(GError **error, const char *program, const char *what)
{
    g_autofree char *name = g_path_get_basename(program);

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, "%s %s", name, what);
    return false;
}

/* Whether the child has ended; it is left to be waited for. */
static bool has_ended(GPid pid)
{
    siginfo_t info = {0};

    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

/* Reads until the child closes its output, or has ended and left it open to others. `end` is in
 * microseconds of the monotonic clock. */
static bool read_output(GPid pid, int fd, const char *program, gsize max_bytes, gint64 end,
                        GString *output, GError **error)
{
    char buffer[16 * 1024];
    bool ended = false;

    for (;;) {
        struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
        gint64 left = milliseconds_until(end);
        int ready = poll(&poll_fd, 1, ended ? 0 : (int)MIN(left, GLANCE));
        gssize got;

        if (ready < 0 && errno == EINTR)
            continue;
        if (is_told_to_end())
            return fail(error, program, "was ended, for this process has to end");
        if (ready == 0 && ended)
            return true; /* all that it said has been read */
        if (ready == 0 && left > 0) {
            ended = has_ended(pid);
            continue;
        }
        if (ready <= 0)
            return fail(error, program, "did not answer in time and was ended");
        got = read(fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(error, program, g_strerror(errno));
        if (got == 0)
            return true;
        if (output->len + (gsize)got > max_bytes)
            return fail(error, program, "printed more than is allowed and was ended");
        g_string_append_len(output, buffer, got);
    }
}

/* Waits for the end of the child, which SIGCHLD (blocked) tells of. */
static bool wait_for_end(GPid pid, const char *program, gint64 end, int *wait_status,
                         GError **error)
{
    sigset_t child;

    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    while (waitpid(pid, wait_status, WNOHANG) == 0) {
        gint64 left = milliseconds_until(end);
        struct timespec timeout = {.tv_nsec = MIN(left, GLANCE) * 1000000};

        if (is_told_to_end())
            return fail(error, program, "was ended, for this process has to end");
        if (sigtimedwait(&child, NULL, &timeout) < 0 && errno == EAGAIN && left == 0)
            return fail(error, program, "did not end in time and was ended");
    }
    return true;
}

static bool judge(const char *program, int wait_status, int *status, GError **error)
{
    *status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
    if (!WIFSIGNALED(wait_status))
        return true;
    g_autofree char *what = g_strdup_printf("was ended by signal %d (%s)", WTERMSIG(wait_status),
                                            strsignal(WTERMSIG(wait_status)));
    return fail(error, program, what);
}

static bool run(const char *const argv[], struct process_limits limits,
                struct process_result *result, GError **error)
{
    GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD;
    gint64 end = g_get_monotonic_time() + limits.deadline * 1000;
    g_autoptr(GError) problem = NULL;
    int wait_status = 0;
    int output;
    bool ended;
    GPid pid;

    if (!limits.inherit_stderr)
        flags |= G_SPAWN_STDERR_TO_DEV_NULL;
    if (!g_spawn_async_with_pipes(NULL, (char **)(gintptr)argv, NULL, flags, set_up_child, NULL,
                                  &pid, NULL, &output, NULL, &problem))
        return fail(error, argv[0], problem->message);
    ended = read_output(pid, output, argv[0], limits.max_bytes, end, result->output, error) &&
            wait_for_end(pid, argv[0], end, &wait_status, error);
    close(output);
    kill(-pid, SIGKILL); /* also what it left behind */
    if (!ended)
        waitpid(pid, NULL, 0);
    return ended && judge(argv[0], wait_status, &result->status, error);
}

bool process_run(const char *const argv[], struct process_limits limits,
                 struct process_result *result, GError **error)
{
    /* A parent that ignores SIGCHLD hands that down, and then the end would not be told of. */
    const struct sigaction standard = {.sa_handler = SIG_DFL};
    struct sigaction inherited;
    sigset_t blocked, before;
    bool done;

    *result = (struct process_result){.output = g_string_new(NULL), .status = -1};
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    add_ends(&blocked);
    sigaction(SIGCHLD, &standard, &inherited);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    done = run(argv, limits, result, error);
    sigprocmask(SIG_SETMASK, &before, NULL);
    sigaction(SIGCHLD, &inherited, NULL);
    return done;
}
