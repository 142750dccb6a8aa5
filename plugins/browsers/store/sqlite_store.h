/* Reads SQLite databases that somebody else wrote: they may be damaged, of another schema, or made
 * to do harm. A store_kind asks such a question:
 *
 *     static void netscape_take_row(sqlite3_stmt *statement, struct session_row *row)
 *     {
 *         row->place = sqlite_store_text(statement, 0);
 *         sqlite_store_take_data(statement, 1, row);
 *     }
 *     …
 *     const char *const texts[] = {query->cookie, NULL};
 *     rows = sqlite_store_ask(database, "SELECT host, value FROM cookies WHERE name = ?1", texts,
 *                             netscape_take_row, error);
 */
#pragma once

#include "plugins/browsers/store/session_store.h"

#include <sqlite3.h>

/* Copies a database, asks its store_kind, and watches the database and its log. */
extern const struct store_format sqlite_store_format;

/* Fills a row of ours from one of the database. One that gets no value and no fault is left out. */
typedef void (*sqlite_store_take)(sqlite3_stmt *statement, struct session_row *row);

/* The rows (struct session_row) that the SQL gives with these texts as its parameters, then NULL.
 * NULL and an error that says what is wrong with the database. */
GPtrArray *sqlite_store_ask(sqlite3 *database, const char *sql, const char *const *texts,
                            sqlite_store_take take, GError **error);

/* The rows of the cookie, the last used first by the column `order`. `select` is SQL up to the list
 * of hosts: "SELECT … WHERE name = ?1 AND host IN". Of other cookies only the names are read, and
 * those only if no index has them. */
GPtrArray *sqlite_store_ask_cookie(sqlite3 *database, const struct session_query *query,
                                   const char *select, const char *order, sqlite_store_take take,
                                   GError **error);

/* A column as UTF-8, "" if it is NULL; the caller frees it. */
char *sqlite_store_text(sqlite3_stmt *statement, int column);

/* Copies a column, text or blob, into the row's data, unless it is longer than a session can be. */
void sqlite_store_take_data(sqlite3_stmt *statement, int column, struct session_row *row);
