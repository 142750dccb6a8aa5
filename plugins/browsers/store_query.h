/* One question to an SQLite database that somebody else wrote: it may be damaged, of another
 * schema, or made to do harm. */
#pragma once

#include "common/base/autoptr.h"
#include "plugins/browsers/browser_store.h"

#include <glib.h>
#include <sqlite3.h>

/* Opens a private copy, to which SQLite may write. NULL and an error. */
sqlite3 *store_open(const char *copy, GError **error);

/* Fills a row of ours from one of the database. One that gets no value and no fault is left out. */
typedef void (*store_take)(sqlite3_stmt *statement, struct session_row *row);

/* The rows that the SQL gives with these texts as its parameters (ended by NULL). NULL and an error
 * that says what is wrong with the database. */
GPtrArray *store_ask(sqlite3 *database, const char *sql, const char *const *texts, store_take take,
                     GError **error);

/* How a family's table of cookies is called and read. */
struct store_question {
    const char *columns; /* SQL: what to read for each row */
    const char *table;
    const char *name_column, *host_column, *last_used_column;
    store_take take;
};

/* The rows of the cookie, the one used last first; of others nothing is read but their names where
 * the index has none. */
GPtrArray *store_ask_cookie(sqlite3 *database, const struct store_question *question,
                            const struct session_query *query, GError **error);

/* The first column of the first row as a number; 0 if there is none. */
int store_number(sqlite3 *database, const char *sql);

/* A column as UTF-8, "" if it is NULL; the caller frees it. */
char *store_text(sqlite3_stmt *statement, int column);

/* Copies a column, text or blob, into the row's data, unless it is longer than a session can be. */
void store_take_data(sqlite3_stmt *statement, int column, struct session_row *row);
