/* The last step of `usageline setup`, which offers notifications. It never changes usageline's own
 * configuration, which is the user's, but may make one where there is none. */
#pragma once

#include "cli/base/bars.h"
#include "cli/base/context.h"
#include "common/setup/plan.h"

#include <stdbool.h>

/* Offers to turn notifications on, unless the configuration has the setting already or can't be
 * understood, or no program is installed that could show them. With `may_ask` asks the user and
 * makes a configuration on a yes; without it prints how to do it. */
void setup_offer_notifications(const struct context *context, bool may_ask);

/* Plans to delete the configuration if setup has made it, it is unchanged, and no bar other than
 * `bar` has the module. */
void setup_withdraw_notifications(const struct context *context, const struct found_bar *bar,
                                  struct setup_plan *plan);
