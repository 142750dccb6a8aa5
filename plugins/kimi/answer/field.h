/* Single values in Kimi's JSON, which come in many spellings: numbers as strings, four names for a
 * reset, units with and without a prefix. Kimi documents none of them; they are from answers that
 * users published and from Kimi's own clients.
 *
 *     double limit;
 *     if (field_number(json_get(object, "limit"), &limit))
 *         resets_at = field_reset(object, now);
 */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* The answer without the envelope {"code":0,"data":{…}} that it may have. It belongs to `answer`.
 */
const struct json *field_unwrap(const struct json *answer);

/* Whether the value is missing or null. */
bool field_is_absent(const struct json *value);

/* The first of these members that is not absent; NULL: all are. NULL ends `keys`. */
const struct json *field_first(const struct json *object, const char *const *keys);

/* Whether the member has this text or is absent. */
bool field_is_text_or_absent(const struct json *object, const char *key, const char *text);

/* The boolean in this member; `fallback` if it has none. */
bool field_boolean(const struct json *object, const char *key, bool fallback);

/* These return false if the value is not of the kind that they read. */

/* A finite number, or a string with nothing but one in decimal. */
bool field_number(const struct json *value, double *number);

#define FIELD_MAX_RATIO 1000

/* A share such as 0.3, or 1.0025 for 100.25 %; not negative. */
bool field_ratio(const struct json *value, double *ratio);

/* A point in time: RFC 3339, or seconds since 1970. */
bool field_time(const struct json *value, gint64 *seconds);

/* When the window of this object resets, in seconds since 1970, as is `now`; 0: unknown. */
gint64 field_reset(const struct json *object, gint64 now);

/* A calendar month, which has no fixed number of minutes. */
#define FIELD_ONE_MONTH (-1)

/* The length of a window in minutes, or FIELD_ONE_MONTH, from an object with `duration` and
 * `timeUnit` or from a plain number of minutes. 0: unknown, or no whole number of minutes. */
gint64 field_minutes(const struct json *value);
