/* Interprets Kimi's answers: makes one snapshot of all that the service said. The files of this
 * folder, in the order in which an answer passes through them:
 *
 *     quota           finds the numbers of windows in the JSON (field: one value)
 *     reading         names each window: its id and its label for people
 *     reconcile       makes one window of several readings of it
 *     plan, wallet    the plan's name, and balances of money
 *
 * The label of a new window is a row of reading_names in reading.c; where the service puts its
 * numbers is a matter of quota.c. */
#pragma once

#include "common/base/json.h"
#include "common/usage/snapshot.h"
#include "plugins/kimi/answer/plan.h"

#include <glib.h>
#include <stdbool.h>

/* All of it belongs to the caller. */
struct kimi_answers {
    const struct json *usage;      /* /usages of the Code API or the web's GetUsages; NULL: none */
    bool is_usage_required;        /* the statistics are no answer by themselves */
    const struct json *statistics; /* GetSubscriptionStats; NULL: none */
    const struct plan *plan;       /* as other answers named it; NULL: none did */
};

/* A snapshot of `now`, in seconds since 1970, without its source and dashboard; the caller frees
 * it. NULL and an error if the usage of no window can be read: of kind plan if the account has no
 * coding quota, else of kind payload. */
struct snapshot *interpret_answers(const struct kimi_answers *answers, gint64 now, GError **error);

/* Parses an answer of `length` bytes; the caller frees it. NULL and an error of kind payload if it
 * is not JSON. */
struct json *interpret_parse(const char *text, gsize length, GError **error);
