/* Changes what a bar shows: which window, which provider, used or left. */
#pragma once

#include "cli/base/context.h"

struct show_target {
    const char *bar;
    const char *instance; /* of the bar's module; NULL: all */
    const char *provider; /* the only one that the bar shows; NULL: all that are enabled */
};

/* Stores a choice for the target. `verb`: "next" or "previous" goes round the line of each provider
 * and, after it, its windows; "toggle" exchanges used and left; "reset" drops all choices. Of an
 * error of kind config the command line is the cause: another verb, or no provider is enabled. */
bool show_change(struct context *context, const struct show_target *target, const char *verb,
                 GError **error);
