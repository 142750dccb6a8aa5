/* A reading: what one place of an answer says of one window, or of the part of its use that went to
 * one thing. Where the places are is for quota.h and stats.h; what several readings of one window
 * mean together, for reconcile.h. */
#pragma once

#include "common/base/json.h"
#include "common/usage/snapshot.h"

#include <glib.h>
#include <stdbool.h>

/* The share of a month that was Kimi Code. */
#define SHARE_CODE "code"

enum provenance {
    PROVENANCE_COUNTS, /* used of limit */
    PROVENANCE_RATIO,  /* a share, with more digits than counts of 100 can have */
};

struct reading {
    char *id;          /* of the window, as in snapshot.h */
    const char *share; /* id of the part that this is about, static; NULL: the whole window */
    char *label;
    gint64 minutes; /* length of the window; 0: unknown, or a month */
    enum provenance provenance;
    double used_percent; /* NAN: unknown */
    double used, limit;  /* NAN: not counted */
    gint64 resets_at;    /* seconds since 1970; 0: unknown */
    bool is_left_out;    /* no number came, and `used_percent` is 0 for that */
};

/* An array of struct reading, which g_ptr_array_unref frees. */
GPtrArray *readings_new(void);

/* Each adds a reading of which nothing else is known yet, and gives it; the array owns it. NULL if
 * there are more than an answer of Kimi's has. */

/* Of a window with a name: WINDOW_WEEKLY, WINDOW_SESSION or WINDOW_MONTHLY. */
struct reading *reading_add_named(GPtrArray *readings, const char *id);

/* Of a window with this length (field_minutes). `name`, or NULL, is the service's own for it, which
 * becomes the label if the length is that of no window above. */
struct reading *reading_add_by_length(GPtrArray *readings, gint64 minutes, const char *name);

/* Of a window with a name, from a ratio (1.0025: 100.25 %). A ratio that was left out means 0 if
 * the window `is_there` by another sign. NULL and nothing added if the ratio can't be read. */
struct reading *reading_add_ratio(GPtrArray *readings, const char *id, const struct json *ratio,
                                  bool is_there, gint64 resets_at);

/* Whether an object says "enabled": true, or false; neither if it does not say. */
bool reading_is_enabled(const struct json *object);
bool reading_is_disabled(const struct json *object);
