/* What a bar shows, changed by a click: which window, which provider, used or left. */
#pragma once

#include "cli/base/context.h"

/* Where it is target. */
struct show_target {
    const char *bar;
    const char *instance; /* NULL: wherever the bar is */
    const char *provider; /* the only one that the bar shows; NULL: all that are enabled */
};

/* Goes so many places on (or back), round in a circle: the line of each provider, then its windows
 * one by one. */
bool show_step(struct context *context, const struct show_target *target, int by, GError **error);

/* Exchanges used and left. */
bool show_flip(struct context *context, const struct show_target *target, GError **error);
