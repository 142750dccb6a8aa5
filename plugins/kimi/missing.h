/* What is said if there is no credential at all. */
#pragma once

#include "plugins/kimi/chain.h"

/* An error of kind auth: that the user is not signed in, the ways in, which sources may not be used
 * and why, and where a web session was looked for. */
void missing_set(struct chain *chain, GError **error);
