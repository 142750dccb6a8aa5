/* What is known of one provider's usage, for the commands that show it to a person, and its JSON.
 */
#pragma once

#include "cli/base/context.h"
#include "common/usage/store.h"

#include <glib.h>

struct usage {
    char *provider;
    struct stored stored;
};

/* What is stored, fetched first if it is too old. */
struct usage *usage_load(const struct context *context, const char *provider, bool verbose);
void usage_free(struct usage *usage);
DEFINE_AUTOPTR(usage, usage_free);

/* The array that CodexBar's command line prints (its docs/cli.md); the caller frees it. `usages` is
 * of struct usage, `now` in seconds since 1970. */
char *usage_format_json(const GPtrArray *usages, gint64 now, gboolean pretty);
