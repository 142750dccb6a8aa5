/* Which of our notifications are on the screen, remembered from one run to the next, so that a new
 * one can replace an earlier one. Their numbers are only valid for one server on one bus: on
 * another they may belong to notifications of other programs. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"

#include <glib.h>

struct shown;

/* Reads what is remembered of this server, and locks it until shown_close. `server` identifies the
 * server uniquely. Never NULL: where nothing can be stored, nothing is known. */
struct shown *shown_open(const struct paths *paths, const char *server);

/* The server's number for the notification with this id; 0: unknown. */
guint32 shown_number(const struct shown *shown, const char *id);

void shown_add(struct shown *shown, const char *id, guint32 number);

void shown_close(struct shown *shown);
DEFINE_AUTOPTR(shown, shown_close);
