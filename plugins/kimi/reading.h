/* A reading: what one place of an answer says of one window. This is the only module that knows the
 * shapes of Kimi's answers; what several readings of one window mean together is for reconcile.h.
 */
#pragma once

#include "common/json.h"
#include "common/snapshot.h"

#include <glib.h>
#include <stdbool.h>

enum provenance {
    PROVENANCE_COUNTS, /* used of limit */
    PROVENANCE_RATIO,  /* a share, with more digits than counts of 100 can have */
};

struct reading {
    char *id; /* of the window, as in snapshot.h */
    char *label;
    gint64 minutes; /* length of the window; 0: not known */
    enum provenance provenance;
    double used_percent; /* NAN: not known */
    double used, limit;  /* NAN: not counted */
    gint64 resets_at;    /* seconds since 1970; 0: not known */
};

/* An array of struct reading, which g_ptr_array_unref frees. */
GPtrArray *readings_new(void);

/* Adds all that an answer holds, in whichever of the shapes it has: counts ("usage", "limits"),
 * ratio pools ("usages" as an object), and the web session's counts ("usages" as an array, of which
 * the scope FEATURE_CODING counts). What can't be read adds nothing. `now` is in seconds since
 * 1970. False if the answer has none of these shapes. */
bool readings_add_usages(GPtrArray *readings, const struct json *answer, gint64 now);

/* Adds those of the membership statistics (GetSubscriptionStats). */
void readings_add_stats(GPtrArray *readings, const struct json *answer, gint64 now);
