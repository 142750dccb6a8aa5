/* Single values of Kimi's answers, which come in many spellings: numbers as strings, four names for
 * a reset, units with and without a prefix. The spellings are those of answers that users published
 * and of Kimi's own clients; nothing of it is documented. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* What `answer` says, without the envelope {"code":0,"data":{…}} that may be around it. It belongs
 * to the answer. */
const struct json *field_unwrap(const struct json *answer);

/* Whether there is no such value, or it is null: the service leaves out what is zero. */
bool field_is_absent(const struct json *value);

/* The first of these members that is not absent; NULL if all are. NULL ends the list. */
const struct json *field_first(const struct json *object, const char *const *keys);

/* A number, or a string that is nothing but a decimal number. Finite. */
bool field_number(const struct json *value, double *number);

/* A share such as 0.3, or 1.0025 for 100.25 %: not negative, and at most 1000. */
bool field_ratio(const struct json *value, double *ratio);

/* A point in time: RFC 3339, or seconds since 1970. */
bool field_time(const struct json *value, gint64 *seconds);

/* When the window of this object resets, in seconds since 1970; 0: unknown. A reset that is given
 * as seconds from now counts from `now`. */
gint64 field_reset(const struct json *object, gint64 now);

/* A calendar month, which has no fixed number of minutes. */
#define FIELD_ONE_MONTH (-1)

/* The length in minutes of a window, from an object with `duration` and `timeUnit` or from a plain
 * number of minutes; or FIELD_ONE_MONTH. 0: unknown, or not in whole minutes. */
gint64 field_minutes(const struct json *value);
