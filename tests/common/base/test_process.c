#include "common/base/error.h"
#include "common/base/process.h"
#include "tests/common/fixtures.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB      (1024 * 1024)
#define PATIENCE 20000 /* milliseconds; only a failure takes so long */

static const struct process_limits usual = {.max_bytes = 1000, .deadline = PATIENCE};

/* Runs the shell script; the caller frees what it printed. NULL if it failed. */
static char *run_script(const char *script, struct process_limits limits, int *status,
                        GError **error)
{
    const char *const argv[] = {"/bin/sh", "-c", script, "sh", "an argument", NULL};
    struct process_result result;
    bool done = process_run(argv, NULL, limits, &result, error);

    g_assert_true(done == (*error == NULL));
    *status = result.status;
    return g_string_free(result.output, !done);
}

/* Runs a script with this input and expects this output and success. */
static void assert_answers(const char *script, const char *input, const char *output,
                           int expected_status)
{
    const struct process_limits roomy = {.max_bytes = 4 * MIB, .deadline = PATIENCE};
    const char *const argv[] = {"/bin/sh", "-c", script, NULL};
    struct process_result result;
    g_autoptr(GError) error = NULL;

    g_assert_true(process_run(argv, input, roomy, &result, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(result.output->str, ==, output);
    g_assert_cmpint(result.status, ==, expected_status);
    g_string_free(result.output, TRUE);
}

static void assert_prints(const char *script, const char *output, int expected_status)
{
    g_autoptr(GError) error = NULL;
    int status = -1;
    g_autofree char *printed = run_script(script, usual, &status, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(printed, ==, output);
    g_assert_cmpint(status, ==, expected_status);
}

static void assert_fails(const char *script, struct process_limits limits, const char *message)
{
    g_autoptr(GError) error = NULL;
    int status = 0;

    g_assert_null(run_script(script, limits, &status, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    assert_contains(error->message, message);
    g_assert_cmpint(status, ==, -1);
}

static void test_gives_output_and_status(void)
{
    assert_prints("printf 'a\\nb'; exit 0", "a\nb", 0);
    assert_prints("echo \"$1\"; exit 7", "an argument\n", 7);
    assert_prints("exit 1", "", 1);
}

static void test_input_is_empty_and_errors_are_dropped(void)
{
    assert_prints("cat; echo noise >&2; echo end", "end\n", 0);
}

static void test_an_input_is_given_and_ends(void)
{
    assert_answers("cat; exit 4", "a\nb", "a\nb", 4);
    assert_answers("cat; echo end", "", "end\n", 0);
}

/* More than a pipe holds, in both directions at once: no side may wait for the other for ever. */
static void test_a_long_input_and_output_pass_each_other(void)
{
    g_autofree char *text = g_strnfill(2 * MIB, 'x');

    assert_answers("cat", text, text, 0);
    assert_answers("exec >&-; [ $(wc -c) = 2097152 ]", text, "", 0);
}

static void test_an_input_need_not_be_read(void)
{
    g_autofree char *text = g_strnfill(2 * MIB, 'x');
    struct sigaction now;

    assert_answers("exec <&-; echo no; exit 3", text, "no\n", 3);
    assert_answers("exit 0", text, "", 0);
    sigaction(SIGPIPE, NULL, &now);
    g_assert_true(now.sa_handler == SIG_DFL);
}

static void test_a_program_that_reads_nothing_is_ended(void)
{
    const struct process_limits hasty = {.max_bytes = 1000, .deadline = 50};
    const char *const argv[] = {"/bin/sh", "-c", "while :; do :; done", NULL};
    g_autofree char *text = g_strnfill(2 * MIB, 'x');
    struct process_result result;
    g_autoptr(GError) error = NULL;

    g_assert_false(process_run(argv, text, hasty, &result, &error));
    assert_contains(error->message, "did not answer in time");
    g_string_free(result.output, TRUE);
}

static void test_errors_can_be_output(void)
{
    const struct process_limits limits = {
        .max_bytes = 1000, .deadline = PATIENCE, .capture_stderr = true};
    g_autoptr(GError) error = NULL;
    int status = -1;
    g_autofree char *printed =
        run_script("echo out; echo why >&2; exit 1", limits, &status, &error);

    g_assert_cmpstr(printed, ==, "out\nwhy\n");
    g_assert_cmpint(status, ==, 1);
}

static void test_a_flood_ends_it(void)
{
    assert_fails("while :; do echo 0123456789; done", usual, "sh printed more than is allowed");
    assert_prints("printf %1000s x | tr ' ' y | tr -d y", "x", 0);
}

static void test_exactly_the_cap_is_allowed(void)
{
    const struct process_limits five = {.max_bytes = 5, .deadline = PATIENCE};
    g_autoptr(GError) error = NULL;
    int status = 0;
    g_autofree char *printed = run_script("printf 12345", five, &status, &error);

    g_assert_cmpstr(printed, ==, "12345");
    assert_fails("printf 123456", five, "more than is allowed");
}

static void test_a_hang_ends_it(void)
{
    const struct process_limits hasty = {.max_bytes = 1000, .deadline = 50};

    assert_fails("trap '' TERM; while :; do :; done", hasty, "did not answer in time");
    assert_fails("exec >&-; while :; do :; done", hasty, "did not end in time");
}

static void test_a_signal_is_named(void)
{
    assert_fails("kill -SEGV $$", usual, "was ended by signal 11");
    assert_fails("echo half; kill -KILL $$", usual, "was ended by signal 9 (Killed)");
    /* The child does not inherit that SIGPIPE is ignored here. */
    assert_fails("kill -PIPE $$; echo alive", usual, "was ended by signal 13");
}

static void test_what_cannot_be_started_is_an_error(void)
{
    const char *const argv[] = {"/none/such-program", NULL};
    struct process_result result;
    g_autoptr(GError) error = NULL;

    g_assert_false(process_run(argv, NULL, usual, &result, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    assert_contains(error->message, "such-program");
    g_string_free(result.output, TRUE);
}

/* Waits until the last process that holds the other end of the FIFO is gone. */
static void assert_hung_up(int fifo)
{
    struct pollfd end = {.fd = fifo, .events = POLLIN};

    g_assert_cmpint(poll(&end, 1, PATIENCE), ==, 1);
    g_assert_cmpint(end.revents & POLLHUP, ==, POLLHUP);
}

static void test_what_it_left_behind_is_ended(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "fifo");
    g_autofree char *script = g_strdup_printf(
        "{ while :; do :; done; } 3>%s >/dev/null & while ! [ -p %s ]; do :; done; exit 0", path,
        path);

    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    int fifo = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_prints(script, "", 0);
    assert_hung_up(fifo);
    close(fifo);
}

static void test_works_where_children_are_ignored(void)
{
    /* A bar may ignore SIGCHLD, and that is inherited. The shell ends well after its output. */
    signal(SIGCHLD, SIG_IGN);
    assert_prints("exec >&-; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; exit 3", "", 3);
    g_assert_true(signal(SIGCHLD, SIG_DFL) == SIG_IGN);
}

static void test_the_signals_of_the_caller_stay(void)
{
    sigset_t mask;

    assert_prints("exit 0", "", 0);
    sigprocmask(SIG_SETMASK, NULL, &mask);
    g_assert_cmpint(sigismember(&mask, SIGCHLD), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/process/gives-output-and-status", test_gives_output_and_status);
    g_test_add_func("/process/input-is-empty-and-errors-are-dropped",
                    test_input_is_empty_and_errors_are_dropped);
    g_test_add_func("/process/an-input-is-given-and-ends", test_an_input_is_given_and_ends);
    g_test_add_func("/process/a-long-input-and-output-pass-each-other",
                    test_a_long_input_and_output_pass_each_other);
    g_test_add_func("/process/an-input-need-not-be-read", test_an_input_need_not_be_read);
    g_test_add_func("/process/a-program-that-reads-nothing-is-ended",
                    test_a_program_that_reads_nothing_is_ended);
    g_test_add_func("/process/errors-can-be-output", test_errors_can_be_output);
    g_test_add_func("/process/a-flood-ends-it", test_a_flood_ends_it);
    g_test_add_func("/process/exactly-the-cap-is-allowed", test_exactly_the_cap_is_allowed);
    g_test_add_func("/process/a-hang-ends-it", test_a_hang_ends_it);
    g_test_add_func("/process/a-signal-is-named", test_a_signal_is_named);
    g_test_add_func("/process/what-cannot-be-started-is-an-error",
                    test_what_cannot_be_started_is_an_error);
    sandbox_add_test("/process/what-it-left-behind-is-ended", test_what_it_left_behind_is_ended);
    g_test_add_func("/process/works-where-children-are-ignored",
                    test_works_where_children_are_ignored);
    g_test_add_func("/process/the-signals-of-the-caller-stay", test_the_signals_of_the_caller_stay);
    return g_test_run();
}
