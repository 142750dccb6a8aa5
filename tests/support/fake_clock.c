/* A clock that a test sets: preloaded (LD_PRELOAD) into usageline and whatever it starts, which all
 * share the page that the file named by USAGELINE_FAKE_CLOCK holds. fake_clock.py has the other
 * end of it. A sleep in poll() on a timer ends when that clock says so, as it does on a machine
 * that slept or whose clock somebody set. */
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SECOND       INT64_C(1000000) /* in microseconds, as all times here */
#define GLANCE       2                /* milliseconds between two looks at the page */
#define MAX_SLEEPERS 16

/* A process that has set a timer. */
struct sleeper {
    _Atomic int64_t process;
    _Atomic int64_t wakeups; /* times that poll() returned */
    _Atomic int64_t looked;  /* `changes` as it was when the process slept on in spite of it */
    _Atomic int64_t target;  /* when its timer rings, by the clock on the wall; 0: never */
};

struct page {
    _Atomic int64_t stands;   /* since 1970: the clock on the wall stands here but for what follows;
                               * 0: it goes */
    _Atomic int64_t advanced; /* passed while awake */
    _Atomic int64_t slept;    /* passed while suspended */
    _Atomic int64_t set;      /* by which somebody set the clock */
    _Atomic int64_t changes;  /* how often a test changed the above */
    _Atomic int64_t hurries_until; /* of `advanced`: until then nobody waits for a timer */
    _Atomic int64_t sleepers;
    struct sleeper sleeper[MAX_SLEEPERS];
};

/* Of this process: what a test can't be asked for each time. */
static struct {
    struct page *page;
    struct sleeper *sleeper;
    int timer;
    bool is_canceled_on_set;
    int64_t set, slept; /* as they were when the timer was set */
} own = {.timer = -1};

__attribute__((constructor)) static void open_page(void)
{
    const char *path = getenv("USAGELINE_FAKE_CLOCK");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *page = MAP_FAILED;

    if (file < 0)
        return;
    page = mmap(NULL, sizeof(struct page), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    own.page = page != MAP_FAILED ? page : NULL;
}

/* The kernel is asked without the library: a sanitizer has its own idea of what that calls. */
static int64_t real_clock(clockid_t clock)
{
    struct timespec now = {0};

    syscall(SYS_clock_gettime, clock, &now);
    return now.tv_sec * SECOND + now.tv_nsec / 1000;
}

static int64_t wall_clock(void)
{
    const struct page *page = own.page;

    if (!page)
        return real_clock(CLOCK_REALTIME);
    return (page->stands ? page->stands : real_clock(CLOCK_REALTIME)) + page->advanced +
           page->slept + page->set;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int64_t time;

    if (!own.page)
        return (int)syscall(SYS_clock_gettime, clock, now);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        time = wall_clock();
    else if (clock == CLOCK_BOOTTIME) /* without any sleep that was not of the test's making */
        time = real_clock(CLOCK_MONOTONIC) + own.page->advanced + own.page->slept;
    else if (clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE)
        time = real_clock(CLOCK_MONOTONIC) + own.page->advanced;
    else
        return (int)syscall(SYS_clock_gettime, clock, now);
    *now = (struct timespec){.tv_sec = time / SECOND, .tv_nsec = time % SECOND * 1000};
    return 0;
}

time_t time(time_t *now)
{
    time_t seconds = (time_t)(wall_clock() / SECOND);

    if (now)
        *now = seconds;
    return seconds;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    int64_t time = wall_clock();

    (void)zone;
    *now = (struct timeval){.tv_sec = time / SECOND, .tv_usec = time % SECOND};
    return 0;
}

static struct sleeper *find_sleeper(struct page *page)
{
    int64_t number = atomic_fetch_add(&page->sleepers, 1);

    if (number >= MAX_SLEEPERS)
        abort();
    page->sleeper[number].process = getpid();
    return &page->sleeper[number];
}

/* The kernel's timer rests; poll() keeps this one. */
int timerfd_settime(int timer, int flags, const struct itimerspec *spec, struct itimerspec *before)
{
    if (!own.page || !(flags & TFD_TIMER_ABSTIME))
        return (int)syscall(SYS_timerfd_settime, timer, flags, spec, before);
    if (!own.sleeper)
        own.sleeper = find_sleeper(own.page);
    own.timer = timer;
    own.is_canceled_on_set = flags & TFD_TIMER_CANCEL_ON_SET;
    own.set = own.page->set;
    own.slept = own.page->slept;
    own.sleeper->target = spec->it_value.tv_sec * SECOND + spec->it_value.tv_nsec / 1000;
    return 0;
}

static int real_poll(struct pollfd *polled, nfds_t count, int milliseconds)
{
    struct timespec timeout = {milliseconds / 1000, milliseconds % 1000 * 1000000L};

    return (int)syscall(SYS_ppoll, polled, count, milliseconds < 0 ? NULL : &timeout, NULL, 0);
}

static bool rings(void)
{
    const struct page *page = own.page;

    if (own.is_canceled_on_set && (own.set != page->set || own.slept != page->slept))
        return true;
    return own.sleeper->target > 0 && wall_clock() >= own.sleeper->target;
}

static bool has_child(void)
{
    siginfo_t info;

    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* Lets the time pass that the process would sleep; false if it has to. */
static bool hurry(struct page *page)
{
    int64_t left = own.sleeper->target - wall_clock();
    int64_t most = page->hurries_until - page->advanced;

    if (most <= 0 || own.sleeper->target == 0 || has_child())
        return false;
    page->advanced += left < most ? left : most;
    return true;
}

static int poll_with_timer(struct pollfd *polled, nfds_t count, struct pollfd *timer)
{
    for (int wait = 0;; wait = GLANCE) {
        int64_t changes = own.page->changes;
        int ready = real_poll(polled, count, wait);

        if (ready == 0 && rings()) {
            timer->revents = POLLIN;
            ready = 1;
        }
        if (ready != 0) {
            own.sleeper->wakeups++;
            return ready;
        }
        if (hurry(own.page))
            continue;
        if (wait > 0) /* what had happened before the change was seen too */
            own.sleeper->looked = changes;
    }
}

int poll(struct pollfd *polled, nfds_t count, int timeout)
{
    for (nfds_t i = 0; own.page && own.sleeper && i < count; i++) {
        if (polled[i].fd == own.timer && own.sleeper->process == getpid())
            return poll_with_timer(polled, count, &polled[i]);
    }
    return real_poll(polled, count, timeout);
}
