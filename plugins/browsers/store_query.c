#include "plugins/browsers/store_query.h"

#include "common/base/error.h"
#include "common/base/i18n.h"

#include <string.h>

#define MAX_LENGTH (16 * 1024 * 1024)       /* bytes of a row: what is larger is refused unread */
#define PATIENCE   (1 * G_TIME_SPAN_SECOND) /* for one database; more is no honest one */
#define STEPS      100000                   /* of SQLite's machine between two looks at the clock */

static void store_set_error(sqlite3 *store, int code, GError **error)
{
    const char *what = store ? sqlite3_errmsg(store) : sqlite3_errstr(code);
    bool is_damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s (SQLite: %s)"),
                is_damaged                 ? _("it is damaged")
                : code == SQLITE_INTERRUPT ? _("it takes too long to read")
                                           : _("it has another form than expected"),
                what);
}

static int store_is_late(void *deadline)
{
    return g_get_monotonic_time() > *(const gint64 *)deadline;
}

sqlite3 *store_open(const char *copy, GError **error)
{
    /* In this mode SQLite makes no shared memory file, and needs none: nobody else opens the copy.
     */
    static const char settings[] = "PRAGMA locking_mode = exclusive; PRAGMA trusted_schema = off;"
                                   "PRAGMA cell_size_check = on; PRAGMA mmap_size = 0;"
                                   "PRAGMA temp_store = memory;";
    sqlite3 *store = NULL;
    int code = sqlite3_open_v2(copy, &store, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK) {
        sqlite3_limit(store, SQLITE_LIMIT_LENGTH, MAX_LENGTH);
        sqlite3_db_config(store, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(store, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        code = sqlite3_exec(store, settings, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK)
        return store;
    store_set_error(store, code, error);
    sqlite3_close(store);
    return NULL;
}

char *store_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    return g_utf8_make_valid(text ? text : "", -1);
}

void store_take_data(sqlite3_stmt *statement, int column, struct session_row *row)
{
    const void *data = sqlite3_column_blob(statement, column);
    int length = sqlite3_column_bytes(statement, column);

    if (data && length > 0 && length <= SESSION_MAX_VALUE)
        session_row_set(row, data, (gsize)length);
}

static int store_read_rows(sqlite3_stmt *statement, store_take take, GPtrArray *rows)
{
    int code;

    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        autoptr(session_row) row = g_new0(struct session_row, 1);

        take(statement, row);
        if (row->length > 0 || row->fault) /* without a value it is none */
            g_ptr_array_add(rows, g_steal_pointer(&row));
    }
    return code;
}

GPtrArray *store_ask(sqlite3 *database, const char *sql, const char *const *texts, store_take take,
                     GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)session_row_free);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    sqlite3_stmt *statement = NULL;
    int code;

    sqlite3_progress_handler(database, STEPS, store_is_late, &deadline);
    code = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        for (int i = 0; texts[i]; i++)
            sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC);
        code = store_read_rows(statement, take, rows);
    }
    if (code != SQLITE_DONE)
        store_set_error(database, code, error);
    sqlite3_finalize(statement);
    sqlite3_progress_handler(database, 0, NULL, NULL);
    return code == SQLITE_DONE ? g_steal_pointer(&rows) : NULL;
}

static char *store_write_sql(const struct store_question *question,
                             const struct session_query *query)
{
    GString *sql = g_string_new(NULL);

    g_string_append_printf(sql, "SELECT %s FROM %s WHERE %s = ?1 AND %s IN (", question->columns,
                           question->table, question->name_column, question->host_column);
    for (guint i = 0; query->hosts[i]; i++)
        g_string_append_printf(sql, "%s?%u", i > 0 ? ", " : "", i + 2);
    g_string_append_printf(sql, ") ORDER BY %s DESC LIMIT %d", question->last_used_column,
                           SESSION_MAX_ROWS);
    return g_string_free(sql, FALSE);
}

GPtrArray *store_ask_cookie(sqlite3 *database, const struct store_question *question,
                            const struct session_query *query, GError **error)
{
    g_autofree char *sql = store_write_sql(question, query);
    g_autofree const char **texts =
        g_new0(const char *, g_strv_length((char **)(guintptr)query->hosts) + 2);

    texts[0] = query->cookie;
    for (guint i = 0; query->hosts[i]; i++)
        texts[i + 1] = query->hosts[i];
    return store_ask(database, sql, texts, question->take, error);
}

int store_number(sqlite3 *store, const char *sql)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    sqlite3_stmt *statement = NULL;
    int number = 0;

    /* What should be a table may be a view that never ends. */
    sqlite3_progress_handler(store, STEPS, store_is_late, &deadline);
    if (sqlite3_prepare_v2(store, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_progress_handler(store, 0, NULL, NULL);
    return number;
}
