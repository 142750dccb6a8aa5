/* How an SQLite database is copied, for the browser may be writing to the original, and SQLite
 * can't read that without leaving files beside it: the database with its log or journal. */
#pragma once

#include "plugins/browsers/copy_room.h"

#define STORE_COPY_NAME "store" /* of the copy, in the room's folder */

extern const struct copy_method store_copy_method;
