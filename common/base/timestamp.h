/* Points in time: seconds since 1970 (UTC) inside, RFC 3339 outside. 0 means "not known". */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The range of a sane time: the years 2000 to 2099. Anything else is a mistake or an attack, and
 * would overflow a countdown. */
#define TIMESTAMP_MIN G_GINT64_CONSTANT(946684800)
#define TIMESTAMP_MAX G_GINT64_CONSTANT(4102444799)

bool timestamp_is_sane(gint64 seconds);

/* Reads RFC 3339 such as "2026-01-09T15:23:13.716839300Z", or with an offset such as "+08:00", and
 * cuts off fractions of a second. Returns false if it is something else or not sane. */
bool timestamp_parse(const char *text, gint64 *seconds);

/* Returns text such as "2026-01-09T15:23:13Z", for the caller to free. */
char *timestamp_format(gint64 seconds);
