/* The error if there is no credential at all. */
#pragma once

#include "plugins/kimi/chain.h"

/* Sets an error of kind auth that names the ways to sign in, where sessions were searched for, and
 * which sources are off and why. */
void missing_set_error(struct chain *chain, GError **error);
