/* What `usageline setup` shows and asks. */
#pragma once

#include "cli/base/context.h"
#include "common/draw/adapter.h"
#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

/* Whether a person can be asked: both ends are a terminal. */
bool setup_can_ask(void);

/* Prints the question and reads a line; whether the answer is yes. */
bool setup_ask(const char *question);

/* Prints the notes of the plan, then the writes (see apply.h) as a unified diff. */
void setup_print_plan(const struct context *context, const struct setup_plan *plan,
                      const GPtrArray *writes);

/* Prints what the writes, now done, have changed. */
void setup_print_done(const GPtrArray *writes);

/* Prints on stderr why the writes failed, and which of them could not be taken back. */
void setup_print_failure(const GPtrArray *writes, const GError *error);

/* Prints what to do by hand. `program`: the path for commands, or NULL, as in the request. */
void setup_print_lines(const struct adapter *adapter, const char *program);

/* Prints how to make the bar read its configuration again, how to take the change back with these
 * arguments of setup, and what is missing before the bar shows something. */
void setup_print_next(const struct context *context, const struct adapter *adapter,
                      const char *arguments);
