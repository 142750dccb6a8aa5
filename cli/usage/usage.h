/* The usage of one provider, for the `usage` command, and the JSON that it prints. */
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
