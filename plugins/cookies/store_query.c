#include "plugins/cookies/store_query.h"

#include "common/error.h"
#include "common/i18n.h"

#include <string.h>

#define MAX_LENGTH (16 * 1024 * 1024)       /* bytes of a row: what is larger is refused unread */
#define MAX_DATA   (64 * 1024)              /* bytes of a cookie's value; browsers allow 4 KiB */
#define PATIENCE   (1 * G_TIME_SPAN_SECOND) /* for one database; more is no honest one */
#define STEPS      100000                   /* of SQLite's machine between two looks at the clock */

static void set_error(sqlite3 *store, int code, GError **error)
{
    const char *what = store ? sqlite3_errmsg(store) : sqlite3_errstr(code);
    bool is_damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s (SQLite: %s)"),
                is_damaged                 ? _("it is damaged")
                : code == SQLITE_INTERRUPT ? _("it takes too long to read")
                                           : _("it has another form than expected"),
                what);
}

static int is_late(void *deadline)
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
    set_error(store, code, error);
    sqlite3_close(store);
    return NULL;
}

void store_take_data(sqlite3_stmt *statement, int column, struct cookie_row *row)
{
    const void *data = sqlite3_column_blob(statement, column);
    int length = sqlite3_column_bytes(statement, column);

    if (!data || length <= 0 || length > MAX_DATA)
        return;
    row->data = g_malloc0((gsize)length + 1);
    row->length = (gsize)length;
    memcpy(row->data, data, row->length);
}

static char *write_sql(const struct store_question *question, const struct cookie_query *query)
{
    GString *sql = g_string_new(NULL);

    g_string_append_printf(sql, "SELECT %s FROM %s WHERE %s = ?1 AND %s IN (", question->columns,
                           question->table, question->name_column, question->host_column);
    for (guint i = 0; query->hosts[i]; i++)
        g_string_append_printf(sql, "%s?%u", i > 0 ? ", " : "", i + 2);
    g_string_append_printf(sql, ") ORDER BY %s DESC LIMIT %d", question->last_used_column,
                           STORE_MAX_ROWS);
    return g_string_free(sql, FALSE);
}

static int read_rows(sqlite3_stmt *statement, const struct store_question *question,
                     GPtrArray *rows)
{
    int code;

    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct cookie_row *row = g_new0(struct cookie_row, 1);
        const char *host = (const char *)sqlite3_column_text(statement, 0);

        row->host = g_strdup(host ? host : "");
        question->take(statement, row);
        g_ptr_array_add(rows, row);
    }
    return code;
}

GPtrArray *store_ask(sqlite3 *store, const struct store_question *question,
                     const struct cookie_query *query, GError **error)
{
    g_autofree char *sql = write_sql(question, query);
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)cookie_row_free);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    sqlite3_stmt *statement = NULL;
    int code;

    sqlite3_progress_handler(store, STEPS, is_late, &deadline);
    code = sqlite3_prepare_v2(store, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, query->name, -1, SQLITE_STATIC);
        for (int i = 0; query->hosts[i]; i++)
            sqlite3_bind_text(statement, i + 2, query->hosts[i], -1, SQLITE_STATIC);
        code = read_rows(statement, question, rows);
    }
    if (code != SQLITE_DONE)
        set_error(store, code, error);
    sqlite3_finalize(statement);
    sqlite3_progress_handler(store, 0, NULL, NULL);
    return code == SQLITE_DONE ? g_steal_pointer(&rows) : NULL;
}

int store_number(sqlite3 *store, const char *sql)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    sqlite3_stmt *statement = NULL;
    int number = 0;

    /* What should be a table may be a view that never ends. */
    sqlite3_progress_handler(store, STEPS, is_late, &deadline);
    if (sqlite3_prepare_v2(store, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_progress_handler(store, 0, NULL, NULL);
    return number;
}
