/* From an answer of Kimi to the snapshot that it means. */
#pragma once

#include "common/json.h"
#include "common/snapshot.h"

#include <glib.h>

/* `answer` is that of the Code API or of the web session's GetUsages; `stats`, the membership
 * statistics, or NULL. `now`, in seconds since 1970, becomes the time of the fetch. NULL and an
 * error of kind payload if no window's usage can be read. The source and the dashboard are the
 * caller's to fill in. */
struct snapshot *usages_read(const struct json *answer, const struct json *stats, gint64 now,
                             GError **error);

/* The same from text, whose length is in bytes. */
struct snapshot *usages_parse(const char *text, gsize length, const struct json *stats, gint64 now,
                              GError **error);
