#include "cli/base/spawn.h"

#include "common/base/error.h"
#include "common/base/i18n.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Runs in the child between fork and exec. */
static void spawn_set_up_child(gpointer data)
{
    sigset_t none;

    (void)data;
    setsid(); /* it must not end with the bar */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
}

/* `child` NULL: nobody waits for it. */
static bool spawn_start(const char *const argv[], GPid *child, GError **error)
{
    const GSpawnFlags flags =
        G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
    g_autoptr(GError) problem = NULL;

    if (g_spawn_async(NULL, (char **)(gintptr)argv, NULL,
                      child ? flags | G_SPAWN_DO_NOT_REAP_CHILD : flags, spawn_set_up_child, NULL,
                      child, &problem))
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s can't be started: %s"), argv[0],
                problem->message);
    return false;
}

bool spawn_detached(const char *const argv[], GError **error)
{
    return spawn_start(argv, NULL, error);
}

/* Waits for the end of the child; false if it does not come within so many milliseconds, or nobody
 * can see it. SIGCHLD is blocked. */
static bool spawn_await(GPid child, gint64 time, int *status)
{
    gint64 end = g_get_monotonic_time() + time * 1000;
    sigset_t wanted;

    sigemptyset(&wanted);
    sigaddset(&wanted, SIGCHLD);
    for (;;) {
        gint64 left = end - g_get_monotonic_time();
        const struct timespec wait = {left / G_USEC_PER_SEC, left % G_USEC_PER_SEC * 1000};
        pid_t ended = waitpid(child, status, WNOHANG);

        if (ended != 0 || left <= 0)
            return ended > 0;
        sigtimedwait(&wanted, NULL, &wait);
    }
}

bool spawn_and_watch(const char *const argv[], gint64 time, GError **error)
{
    sigset_t wanted, before;
    int status = 0;
    GPid child;
    bool is_good;

    sigemptyset(&wanted);
    sigaddset(&wanted, SIGCHLD);
    sigprocmask(SIG_BLOCK, &wanted, &before);
    is_good = spawn_start(argv, &child, error);
    if (is_good && spawn_await(child, time, &status) && status != 0) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s failed"), argv[0]);
        is_good = false;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return is_good;
}
