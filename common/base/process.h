/* A program run to its end, with a cap on its output and a deadline, and killed with all that it
 * has started.
 *
 *     const struct process_limits limits = {.max_bytes = MAX_BYTES, .deadline = 5000};
 *     struct process_result result;
 *
 *     if (process_run(argv, NULL, limits, &result, &error) && result.status == 0)
 *         … result.output->str …
 *     g_string_free(result.output, TRUE); */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct process_limits {
    gsize max_bytes;     /* of output */
    gint64 deadline;     /* milliseconds from the start */
    bool inherit_stderr; /* share this process's stderr; otherwise it goes to /dev/null … */
    bool capture_stderr; /* … or counts as output */
};

struct process_result {
    GString *output;
    int status; /* exit status; -1 if a signal ended it */
};

/* Runs argv[0] (a path) with this process's environment, `input` as its stdin (NULL: /dev/null) and
 * a process group of its own. Returns false and sets an error of kind internal, with the reason in
 * words, if it could not be started, printed too much, did not end in time, or died from a signal.
 * That it does not read all of its input is no error. The caller frees `output`, which is always
 * set. */
bool process_run(const char *const argv[], const char *input, struct process_limits limits,
                 struct process_result *result, GError **error);
