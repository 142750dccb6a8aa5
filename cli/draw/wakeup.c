#include "cli/draw/wakeup.h"

#include "common/base/file_watch.h"
#include "common/base/network_watch.h"
#include "common/base/wall_clock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_LINE 4096 /* bytes of a click that count */

struct wakeup {
    int timer, signals, network;
    gint64 ahead; /* wall_clock_ahead at wakeup_note_clock */
    int input;    /* -1: closed or not read */
    int parent;   /* -1: unsupported */
    pid_t parent_id;
    struct file_watch *files;
    int (*read_click)(const char *line);
    GString *line; /* read so far of a click */
};

/* Descriptors to wait for. */
enum {
    ON_TIMER,
    ON_FILES,
    ON_SIGNALS,
    ON_NETWORK,
    ON_INPUT,
    ON_REFRESH,
    ON_OUTPUT,
    ON_PARENT,
    ON_COUNT
};

static int wakeup_take_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* Needs Linux 5.3; without it the parent is checked whenever something else wakes. */
static int wakeup_open_process(pid_t process)
{
#ifdef SYS_pidfd_open
    return process > 1 ? (int)syscall(SYS_pidfd_open, process, 0) : -1;
#else
    return -1;
#endif
}

struct wakeup *wakeup_new(int (*read_click)(const char *line))
{
    struct wakeup *wakeup = g_new0(struct wakeup, 1);

    wakeup->signals = wakeup_take_signals();
    wakeup->timer = wall_clock_timer_new();
    wakeup->network = -1;
    wakeup->input = read_click ? STDIN_FILENO : -1;
    wakeup->parent_id = getppid();
    wakeup->parent = wakeup_open_process(wakeup->parent_id);
    wakeup->files = file_watch_new();
    wakeup->read_click = read_click;
    wakeup->line = g_string_new(NULL);
    return wakeup;
}

static void wakeup_close(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

void wakeup_free(struct wakeup *wakeup)
{
    wakeup_close(&wakeup->signals);
    wakeup_close(&wakeup->timer);
    wakeup_close(&wakeup->network);
    wakeup_close(&wakeup->parent);
    file_watch_free(wakeup->files);
    g_string_free(wakeup->line, TRUE);
    g_free(wakeup);
}

void wakeup_note_clock(struct wakeup *wakeup)
{
    wakeup->ahead = wall_clock_ahead();
}

/* A timer reports a jump of the clock only after it has been set. */
static bool wakeup_clock_has_jumped(const struct wakeup *wakeup)
{
    return ABS(wall_clock_ahead() - wakeup->ahead) > G_USEC_PER_SEC;
}

void wakeup_watch_files(struct wakeup *wakeup, const char *const *files)
{
    file_watch_set(wakeup->files, files);
}

bool wakeup_sees_files(const struct wakeup *wakeup)
{
    return file_watch_works(wakeup->files);
}

void wakeup_watch_network(struct wakeup *wakeup, bool wanted)
{
    if (!wanted)
        wakeup_close(&wakeup->network);
    else if (wakeup->network < 0)
        wakeup->network = network_watch_open();
}

static bool wakeup_read_signals(const struct wakeup *wakeup)
{
    struct signalfd_siginfo signal;
    bool wants_refresh = false;

    while (read(wakeup->signals, &signal, sizeof signal) == sizeof signal)
        wants_refresh = wants_refresh || signal.ssi_signo == SIGUSR1;
    return wants_refresh;
}

static void wakeup_parse_click(struct wakeup *wakeup, struct wakeup_reasons *reasons)
{
    int button = wakeup->read_click(wakeup->line->str);

    g_string_truncate(wakeup->line, 0);
    if (button > 0 && reasons->clicks < WAKEUP_MAX_CLICKS)
        reasons->buttons[reasons->clicks++] = button;
}

static void wakeup_read_clicks(struct wakeup *wakeup, struct wakeup_reasons *reasons)
{
    char bytes[1024];
    ssize_t length = read(wakeup->input, bytes, sizeof bytes);

    if (length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR)) {
        wakeup->input = -1; /* its end; whether the bar is there, its output shows */
        return;
    }
    for (ssize_t i = 0; i < length; i++) {
        if (bytes[i] == '\n')
            wakeup_parse_click(wakeup, reasons);
        else if (wakeup->line->len < MAX_LINE)
            g_string_append_c(wakeup->line, bytes[i]);
    }
}

static bool wakeup_bar_is_there(const struct wakeup *wakeup, const struct pollfd *polled)
{
    /* Output is a pipe to the bar: an error means that nobody has its other end open. */
    if (polled[ON_OUTPUT].revents & (POLLERR | POLLHUP | POLLNVAL))
        return false;
    return polled[ON_PARENT].revents == 0 && getppid() == wakeup->parent_id;
}

/* Whether only files have changed that are not watched but lie in the same folders. */
static bool wakeup_is_spurious(const struct wakeup *wakeup, const struct pollfd *polled)
{
    for (int i = 0; i < ON_COUNT; i++) {
        if (i != ON_FILES && polled[i].revents != 0)
            return false;
    }
    return polled[ON_FILES].revents != 0 && !file_watch_has_news(wakeup->files);
}

bool wakeup_wait(struct wakeup *wakeup, gint64 until, int refresh_end,
                 struct wakeup_reasons *reasons)
{
    struct pollfd polled[ON_COUNT] = {
        [ON_TIMER] = {.fd = wakeup->timer, .events = POLLIN},
        [ON_FILES] = {.fd = file_watch_descriptor(wakeup->files), .events = POLLIN},
        [ON_SIGNALS] = {.fd = wakeup->signals, .events = POLLIN},
        [ON_NETWORK] = {.fd = wakeup->network, .events = POLLIN},
        [ON_INPUT] = {.fd = wakeup->input, .events = POLLIN},
        [ON_REFRESH] = {.fd = refresh_end, .events = POLLIN},
        [ON_OUTPUT] = {.fd = STDOUT_FILENO, .events = 0},
        [ON_PARENT] = {.fd = wakeup->parent, .events = POLLIN},
    };
    /* Without a timer of the wall clock, sleep a minute at most. */
    int timeout = wakeup->timer >= 0 ? -1 : 60 * 1000;

    *reasons = (struct wakeup_reasons){0};
    if (wakeup->timer >= 0)
        wall_clock_timer_set(wakeup->timer, until);
    if (wakeup_clock_has_jumped(wakeup))
        return true;
    do {
        if (poll(polled, ON_COUNT, timeout) < 0)
            return errno == EINTR;
    } while (wakeup_is_spurious(wakeup, polled));
    if (!wakeup_bar_is_there(wakeup, polled))
        return false;
    reasons->wants_refresh = polled[ON_SIGNALS].revents && wakeup_read_signals(wakeup);
    reasons->network_has_news =
        polled[ON_NETWORK].revents && network_watch_has_news(wakeup->network);
    reasons->refresh_has_ended = polled[ON_REFRESH].revents != 0;
    if (polled[ON_INPUT].revents)
        wakeup_read_clicks(wakeup, reasons);
    return true;
}
