/* What is known of the providers' usage, and its JSON. */
#pragma once

#include "cli/base/context.h"
#include "common/usage/store.h"

#include <glib.h>

struct usage {
    char *provider;
    struct stored stored;
};

/* The array that CodexBar's command line prints (its docs/cli.md); the caller frees it. `usages` is
 * of struct usage, `now` in seconds since 1970. */
char *usage_format_json(const GPtrArray *usages, gint64 now, gboolean pretty);
