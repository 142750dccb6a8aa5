/* Which providers `usageline config enable` and `disable` have switched, in a file of our own: the
 * configuration is the user's and is never written. */
#pragma once

#include "common/base/paths.h"

#include <glib.h>
#include <stdbool.h>

bool enabled_store(const struct paths *paths, const char *provider, bool enabled, GError **error);
