/* Single values of Kimi's answers, which come in many spellings: numbers as strings, four names for
 * a reset, units with and without a prefix. The spellings are those of answers that users published
 * and of Kimi's own clients; nothing of it is documented. */
#pragma once

#include "common/json.h"

#include <glib.h>
#include <stdbool.h>

/* A number, or a string that is nothing but a decimal number. Finite. */
bool field_number(const struct json *value, double *number);

/* A share such as 0.3, or 1.0025 for 100.25 %: not negative, and at most 1000. */
bool field_ratio(const struct json *value, double *ratio);

/* A point in time: RFC 3339, or seconds since 1970. */
bool field_time(const struct json *value, gint64 *seconds);

/* When the window of this object resets, in seconds since 1970; 0: not told. A reset that is given
 * as seconds from now counts from `now`. */
gint64 field_reset(const struct json *object, gint64 now);

/* The length in minutes that `duration` and `timeUnit` of this object tell; 0: not told, or not in
 * a unit that is known. */
gint64 field_minutes(const struct json *object);
