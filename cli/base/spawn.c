#include "cli/base/spawn.h"

#include "common/base/error.h"
#include "common/base/i18n.h"

#include <signal.h>
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

bool spawn_detached(const char *const argv[], GError **error)
{
    const GSpawnFlags flags =
        G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
    g_autoptr(GError) problem = NULL;

    if (g_spawn_async(NULL, (char **)(gintptr)argv, NULL, flags, spawn_set_up_child, NULL, NULL,
                      &problem))
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s can't be started: %s"), argv[0],
                problem->message);
    return false;
}
