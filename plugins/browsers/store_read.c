#include "plugins/browsers/store_read.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/browsers/level_copy.h"
#include "plugins/browsers/level_store.h"
#include "plugins/browsers/store_copy.h"
#include "plugins/browsers/store_query.h"
#include "plugins/support/quiet_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool store_is_level(const struct session_store *store)
{
    return !store->kind->ask;
}

static const struct copy_method *store_copy_as(const struct session_store *store)
{
    return store_is_level(store) ? &level_copy_method : &store_copy_method;
}

static GPtrArray *store_read_database(const struct session_store *store,
                                      const struct copy_room *room,
                                      const struct session_query *query, GError **error)
{
    g_autofree char *copy = g_build_filename(copy_room_folder(room), STORE_COPY_NAME, NULL);
    sqlite3 *database = store_open(copy, error);
    GPtrArray *rows = database ? store->kind->ask(database, store, query, error) : NULL;

    sqlite3_close(database);
    return rows;
}

/* Items have no times of their own. */
static void store_date_items(const GPtrArray *rows, gint64 changed)
{
    for (guint i = 0; i < rows->len; i++)
        ((struct session_row *)rows->pdata[i])->last_used = changed;
}

GPtrArray *store_read(struct session_store *store, struct copy_room *room,
                      const struct session_query *query, GError **error)
{
    const char *missing = !room                   ? N_("there is no place for a copy of it")
                          : store_is_level(store) ? level_missing
                                                  : NULL;
    gint64 changed = 0;
    GPtrArray *rows;

    g_clear_pointer(&store->stamp, g_free);
    if (missing) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _(missing));
        return NULL;
    }
    if (!copy_room_take(room, store_copy_as(store), store->path, &store->stamp, &changed, error))
        return NULL;
    rows = store_is_level(store) ? level_read(copy_room_folder(room), query, error)
                                 : store_read_database(store, room, query, error);
    copy_room_empty(room);
    if (rows && store->kind->session == SESSION_ITEM)
        store_date_items(rows, changed);
    return rows;
}

char *store_stamp(const struct session_store *store)
{
    gint64 ignored;

    return store_copy_as(store)->stamp(store->path, &ignored, NULL);
}

/* The log with the highest number, to which LevelDB writes; NULL: none. */
static const char *store_find_log(const GPtrArray *names)
{
    const char *newest = NULL;
    gint64 highest = -1;

    for (guint i = 0; i < names->len; i++) {
        gint64 number = g_ascii_strtoll(names->pdata[i], NULL, 10);
        if (g_str_has_suffix(names->pdata[i], ".log") && number > highest) {
            highest = number;
            newest = names->pdata[i];
        }
    }
    return newest;
}

/* A new log is made from time to time, which changes the folder. */
static void store_add_level_files(const struct session_store *store, GPtrArray *files)
{
    int folder = quiet_open_folder(store->path, NULL);
    g_autoptr(GPtrArray) names = folder < 0 ? NULL : level_list(folder, NULL);
    const char *log = names ? store_find_log(names) : NULL;

    if (folder >= 0)
        close(folder);
    if (log)
        g_ptr_array_add(files, g_build_filename(store->path, log, NULL));
    g_ptr_array_add(files, g_strdup(store->path));
}

void store_add_files(const struct session_store *store, GPtrArray *files)
{
    if (store_is_level(store)) {
        store_add_level_files(store, files);
        return;
    }
    g_ptr_array_add(files, g_strdup(store->path));
    g_ptr_array_add(files, g_strconcat(store->path, "-wal", NULL));
}
