/* Copies an SQLite database with its log or journal. The original can't be read in place: the
 * browser may be writing to it, and SQLite would leave files beside it. */
#pragma once

#include "plugins/browsers/store/copy_dir.h"

#define SQLITE_COPY_NAME "store" /* of the database in the folder of the copy */

extern const struct copy_method sqlite_copy_method;
