#include "plugins/browsers/store/sqlite_store.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/browsers/store/sqlite_copy.h"

#define MAX_LENGTH (16 * 1024 * 1024)       /* bytes of a row; SQLite refuses larger ones unread */
#define PATIENCE   (1 * G_TIME_SPAN_SECOND) /* for one question; an honest database needs less */
#define STEPS      100000                   /* of SQLite's machine between two looks at the clock */

static void sqlite_store_set_error(sqlite3 *database, int code, GError **error)
{
    const char *what = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    bool is_damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s (SQLite: %s)"),
                is_damaged                 ? _("it is damaged")
                : code == SQLITE_INTERRUPT ? _("it takes too long to read")
                                           : _("it has another form than expected"),
                what);
}

static sqlite3 *sqlite_store_open(const char *path, GError **error)
{
    /* In this mode SQLite makes no shared memory file, and needs none: nobody else opens the copy.
     */
    static const char settings[] = "PRAGMA locking_mode = exclusive; PRAGMA trusted_schema = off;"
                                   "PRAGMA cell_size_check = on; PRAGMA mmap_size = 0;"
                                   "PRAGMA temp_store = memory;";
    sqlite3 *database = NULL;
    int code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK) {
        sqlite3_limit(database, SQLITE_LIMIT_LENGTH, MAX_LENGTH);
        sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        code = sqlite3_exec(database, settings, NULL, NULL, NULL);
    }
    if (code == SQLITE_OK)
        return database;
    sqlite_store_set_error(database, code, error);
    sqlite3_close(database);
    return NULL;
}

static GPtrArray *sqlite_store_read(const struct session_store *store, const char *copy,
                                    const struct session_query *query, GError **error)
{
    g_autofree char *path = g_build_filename(copy, SQLITE_COPY_NAME, NULL);
    sqlite3 *database = sqlite_store_open(path, error);
    GPtrArray *rows = database ? store->kind->ask(database, query, error) : NULL;

    sqlite3_close(database);
    return rows;
}

static void sqlite_store_add_files(const struct session_store *store, GPtrArray *files)
{
    g_ptr_array_add(files, g_strdup(store->path));
    g_ptr_array_add(files, g_strconcat(store->path, "-wal", NULL));
}

const struct store_format sqlite_store_format = {
    .copy = &sqlite_copy_method,
    .read = sqlite_store_read,
    .add_files = sqlite_store_add_files,
};

char *sqlite_store_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);

    return g_utf8_make_valid(text ? text : "", -1);
}

void sqlite_store_take_data(sqlite3_stmt *statement, int column, struct session_row *row)
{
    const void *data = sqlite3_column_blob(statement, column);
    int length = sqlite3_column_bytes(statement, column);

    if (data && length > 0 && length <= SESSION_MAX_VALUE)
        session_row_set(row, data, (gsize)length);
}

static int sqlite_store_timed_out(void *deadline)
{
    return g_get_monotonic_time() > *(const gint64 *)deadline;
}

/* Returns SQLite's code. */
static int sqlite_store_take_rows(sqlite3_stmt *statement, sqlite_store_take take, GPtrArray *rows)
{
    int code;

    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        autoptr(session_row) row = g_new0(struct session_row, 1);

        take(statement, row);
        if (row->length > 0 || row->fault)
            g_ptr_array_add(rows, g_steal_pointer(&row));
    }
    return code;
}

GPtrArray *sqlite_store_ask(sqlite3 *database, const char *sql, const char *const *texts,
                            sqlite_store_take take, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)session_row_free);
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    sqlite3_stmt *statement = NULL;
    int code;

    sqlite3_progress_handler(database, STEPS, sqlite_store_timed_out, &deadline);
    code = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);
    if (code == SQLITE_OK) {
        for (int i = 0; texts[i]; i++)
            sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC);
        code = sqlite_store_take_rows(statement, take, rows);
    }
    if (code != SQLITE_DONE)
        sqlite_store_set_error(database, code, error);
    sqlite3_finalize(statement);
    sqlite3_progress_handler(database, 0, NULL, NULL);
    return code == SQLITE_DONE ? g_steal_pointer(&rows) : NULL;
}

GPtrArray *sqlite_store_ask_cookie(sqlite3 *database, const struct session_query *query,
                                   const char *select, const char *order, sqlite_store_take take,
                                   GError **error)
{
    g_autoptr(GString) sql = g_string_new(select);
    g_autoptr(GPtrArray) texts = g_ptr_array_new();

    g_ptr_array_add(texts, (gpointer)(guintptr)query->cookie);
    for (guint i = 0; query->hosts[i]; i++) {
        g_string_append_printf(sql, "%s?%u", i > 0 ? ", " : " (", i + 2);
        g_ptr_array_add(texts, (gpointer)(guintptr)query->hosts[i]);
    }
    g_string_append_printf(sql, ") ORDER BY %s DESC LIMIT %d", order, SESSION_MAX_ROWS);
    g_ptr_array_add(texts, NULL);
    return sqlite_store_ask(database, sql->str, (const char *const *)texts->pdata, take, error);
}
