/* Which notifications of ours are on the screen, remembered from one run to the next, so that one
 * can take the place of an earlier one. The numbers are those of one server on one bus: of another
 * they could be somebody else's notifications. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"

#include <glib.h>

struct shown;

/* Reads what is remembered of this server, and keeps others from changing it until it is closed.
 * `server` is what is unique to it. Never NULL: where nothing can be kept, nothing is known. */
struct shown *shown_open(const struct paths *paths, const char *server);

/* The server's number of the notification with this id; 0: none is known. */
guint32 shown_number(const struct shown *shown, const char *id);

/* Remembers it. */
void shown_add(struct shown *shown, const char *id, guint32 number);

void shown_close(struct shown *shown);
DEFINE_AUTOPTR(shown, shown_close);
