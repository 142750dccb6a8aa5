/* A program run to its end, under a cap on what it may print and a deadline, and ended for good
 * with all that it started. */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct process_limits {
    gsize max_bytes;     /* of output */
    gint64 deadline;     /* milliseconds from the start */
    bool inherit_stderr; /* else what it writes there is dropped, but for … */
    bool capture_stderr; /* … when that counts as output */
};

struct process_result {
    GString *output;
    int status; /* exit status; -1 if a signal ended it */
};

/* Runs argv[0] (a path) with this process's environment, /dev/null as its input and a process group
 * of its own. False, with an error of kind internal that says what happened in words, if it could
 * not be started, printed too much, did not end in time, or died from a signal. The caller frees
 * `output`, which is set in any case. */
bool process_run(const char *const argv[], struct process_limits limits,
                 struct process_result *result, GError **error);

/* The same with this text as its input; NULL: /dev/null. A program that does not read all of it has
 * not failed for that. */
bool process_run_with_input(const char *const argv[], const char *input,
                            struct process_limits limits, struct process_result *result,
                            GError **error);
