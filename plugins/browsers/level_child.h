/* Inside of level_store.c: what the process does that reads LevelDB, and what it says. */
#pragma once

#include "plugins/browsers/browser_store.h"

/* It writes records: a header, then `length` bytes. */
enum level_tag {
    LEVEL_NONE,  /* this origin has no such item */
    LEVEL_VALUE, /* as it is in the database */
    LEVEL_LARGE, /* larger than SESSION_MAX_VALUE; it is not sent */
    LEVEL_ERROR, /* the last record: what LevelDB says */
};

struct level_header {
    guint32 tag;
    guint32 length;
};

#define LEVEL_MAX_ERROR 1024 /* bytes */

/* Writes a record for each origin of the query to the descriptor and ends the process. */
void level_child_run(const char *folder, const struct session_query *query, int to) G_GNUC_NORETURN;
