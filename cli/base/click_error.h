/* Errors of what a bar asks for when it is clicked. Nobody sees what its commands print. */
#pragma once

#include "cli/base/context.h"

/* Reports an error as output_report does, and as a desktop notification if `bar` asked (its name;
 * NULL or "": no bar did). Does not wait until it is shown; where none can be, that is all. */
void click_error_report(const struct context *context, const char *bar, const GError *error);
