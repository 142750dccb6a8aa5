/* What the parts of `usageline setup` share: the writes that a plan comes to, and what is said. */
#pragma once

#include "cli/base/context.h"
#include "common/base/autoptr.h"
#include "common/draw/adapter.h"
#include "common/setup/bar_setup.h"

#include <glib.h>
#include <stdbool.h>

/* One file that is made, changed or deleted. */
struct setup_write {
    char *path;   /* as the user knows it */
    char *target; /* what is written: `path` with its symbolic links followed */
    char *before; /* NULL: is not there */
    char *after;  /* NULL: is deleted */
    char
        *backup; /* the copy to keep of `before`, or to delete when it has been restored; or NULL */
    bool is_restored;
};

/* What the plan changes: an array of struct setup_write, which frees what it owns. `is_undo`: a
 * file in which nothing but white space is different from what it was becomes what it was. */
GPtrArray *setup_writes_new(const struct setup_plan *plan, bool is_undo);

/* False and an error of kind config if one of the files may not be changed. */
bool setup_writes_are_allowed(const struct setup_plan *plan, const GPtrArray *writes,
                              GError **error);

/* Writes all, or none: if one fails those before it are taken back. A file that has changed since
 * it was read is a failure. */
bool setup_writes_apply(const GPtrArray *writes, GError **error);

/* Whether there is somebody to ask. */
bool setup_can_ask(void);

/* Prints the question, and reads a line; whether the answer is yes. */
bool setup_ask(const char *question);

/* Prints them as a unified diff. */
void setup_print_diff(const GPtrArray *writes);

/* Prints what to do by hand. */
void setup_print_lines(const struct adapter *adapter);

/* Prints how the bar takes notice, and what is left to do before it shows something. */
void setup_print_next(const struct context *context, const struct adapter *adapter);

/* The configuration that a running bar has been started with, by this user with this home folder;
 * NULL if it reads the one that it finds itself. The caller frees it. */
char *setup_running_config(const char *program);

/* Prints which bars are there and what to run; gives the exit status. */
int setup_print_bars(void);
