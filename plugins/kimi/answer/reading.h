/* A reading: what one place in an answer says about one window, or about the part of its use that
 * was Kimi Code. quota.h knows the places; reconcile.h makes one window of its readings.
 */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

struct reading {
    char *id; /* of the window, as in snapshot.h */
    char *label;
    gint64 minutes;      /* length of the window; 0: unknown, or a month */
    bool is_code_share;  /* it is about the part that was Kimi Code, not the whole window */
    bool is_ratio;       /* it was given as a share, which has more digits than counts */
    bool is_left_out;    /* `used_percent` is 0 because no number came */
    double used_percent; /* NAN: unknown */
    double used, limit;  /* NAN: not counted */
    gint64 resets_at;    /* seconds since 1970; 0: unknown */
};

/* The windows that have a name of their own. */
enum reading_window {
    READING_WEEKLY,
    READING_SESSION,
    READING_MONTHLY,
};

/* An array of struct reading, which g_ptr_array_unref frees. */
GPtrArray *readings_new(void);

/* Each of these adds a reading in which nothing but the window is known yet, and returns it; the
 * array owns it. */

/* For a window with a name. */
struct reading *reading_add_named(GPtrArray *readings, enum reading_window window);

/* For a window of this length (field_minutes). `name` is the service's own for it, or NULL; it
 * becomes the label unless the length is that of a window above. */
struct reading *reading_add_by_length(GPtrArray *readings, gint64 minutes, const char *name);

/* For a window with a name, from a ratio (1.0025: 100.25 %). A ratio that is absent means 0 if
 * something else shows that the window `exists`. NULL if the ratio can't be read. */
struct reading *reading_add_ratio(GPtrArray *readings, enum reading_window window,
                                  const struct json *ratio, bool exists, gint64 resets_at);
