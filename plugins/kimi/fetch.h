/* The way from the settings to an answer: tries the candidates of the chain one after another until
 * the service accepts one. */
#pragma once

#include "common/usage/answer.h"
#include "plugins/support/provider_main.h"

/* Sets `answer`, which is empty, to a snapshot, or to the error of the first candidate that there
 * was: that is the one the user means. Reports each attempt on stderr, for `usage --verbose`. */
void fetch_usage(const struct provider_call *call, struct answer *answer);
