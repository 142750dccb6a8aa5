/* States that a provider pretends to be in, to style a bar with: --state. A provider can if it
 * describes a setting "state" with its values. Nothing of it is loaded from the store or kept
 * there.
 *
 *     g_auto(GStrv) states = pretend_states(context, "demo", "critical", &error);
 *
 *     if (states)
 *         pretend_load(context, "demo", states, &stored); */
#pragma once

#include "cli/base/context.h"

/* The states in turn: the one that the user names, or all for "cycle"; g_strfreev. `provider` NULL:
 * none is enabled. NULL and an error of kind config that lists the states if this is none. */
char **pretend_states(const struct context *context, const char *provider, const char *state,
                      GError **error);

/* Asks the provider to pretend the state whose turn it is, into `stored`, which is all zero.
 * Returns when it will be another's turn (seconds since 1970; 0: never). */
gint64 pretend_load(const struct context *context, const char *provider, char *const *states,
                    struct stored *stored);
