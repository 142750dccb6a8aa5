/* One question to an SQLite database that somebody else wrote: it may be damaged, of another
 * schema, or made to do harm. */
#pragma once

#include "common/autoptr.h"
#include "plugins/cookies/cookie_store.h"

#include <glib.h>
#include <sqlite3.h>

#define STORE_MAX_ROWS 32 /* of one cookie in one store; the rest is not looked at */

/* Opens a private copy, to which SQLite may write. NULL and an error. */
sqlite3 *store_open(const char *copy, GError **error);

struct store_question {
    const char *columns; /* SQL: what to read for each row, the host first */
    const char *table;
    const char *name_column, *host_column, *last_used_column;
    void (*take)(sqlite3_stmt *row, struct cookie_row *result); /* the columns after the host */
};

/* The rows of this cookie, the one used last first; of others nothing is read but their names where
 * the index has none. NULL and an error that says what is wrong with the database. */
GPtrArray *store_ask(sqlite3 *store, const struct store_question *question,
                     const struct cookie_query *query, GError **error);

/* The first column of the first row as a number; 0 if there is none. */
int store_number(sqlite3 *store, const char *sql);

/* Copies a column, text or blob, into the row's data. */
void store_take_data(sqlite3_stmt *statement, int column, struct cookie_row *row);
