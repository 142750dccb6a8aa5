/* The way from the settings to an answer: tries the candidates of the chain one after another until
 * the service accepts one. */
#pragma once

#include "common/usage/answer.h"
#include "plugins/kimi/memory.h"
#include "plugins/kimi/source/candidate.h"
#include "plugins/support/provider_main.h"

/* Sets `answer`, which is empty, to a snapshot, or to the error of the first candidate that there
 * was: that is the one the user means. Reports each attempt on stderr, for `usage --verbose`. */
void fetch_usage(const struct provider_call *call, struct answer *answer);

/* Why a candidate is not sent: it has no credential, or an earlier run was refused with it. NULL:
 * it is sent. The caller frees it. */
GError *fetch_find_fault(const struct memory *memory, const struct candidate *candidate);
