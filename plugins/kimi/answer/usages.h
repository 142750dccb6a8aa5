/* From Kimi's answers to the snapshot that they mean together. */
#pragma once

#include "common/base/json.h"
#include "common/usage/snapshot.h"
#include "plugins/kimi/answer/plan.h"

#include <glib.h>

/* What came of one attempt; all of it belongs to the caller. */
struct usages_answers {
    const struct json *usages; /* of the Code API, or the web's GetUsages; NULL: it failed */
    const struct json *stats;  /* GetSubscriptionStats; NULL: none */
    const struct plan *plan;   /* known in words; NULL: not */
};

/* `now`, in seconds since 1970, becomes the time of the fetch. NULL and an error if no window's
 * usage can be read: of kind plan if the answer says that there is no coding quota, else of kind
 * payload. The source and the dashboard are the caller's to fill in. */
struct snapshot *usages_read(const struct usages_answers *answers, gint64 now, GError **error);

/* An answer from text, whose length is in bytes. NULL and an error of kind payload if it is not
 * JSON. */
struct json *usages_parse(const char *text, gsize length, GError **error);
