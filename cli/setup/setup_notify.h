/* The last step of `usageline setup`: it offers notifications. The configuration is the user's own
 * and never changed; where there is none yet, setup may make one. */
#pragma once

#include "cli/base/context.h"
#include "common/setup/plan.h"

#include <stdbool.h>

/* Nothing is said if the configuration has the setting "notifications" already, can't be
 * understood, or if nothing is installed that could show a notification. `may_ask`: the user is
 * asked, and a configuration is made if that is wanted; else a line tells how. */
void setup_offer_notifications(const struct context *context, bool may_ask);

/* Adds to the plan of an undo that the configuration is deleted, if setup has made it, it has not
 * been changed since, and no bar but `bar` has the module. */
void setup_withdraw_notifications(const struct context *context, const char *bar,
                                  struct setup_plan *plan);
