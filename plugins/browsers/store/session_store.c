#include "plugins/browsers/store/session_store.h"

#include "common/base/error.h"
#include "common/base/i18n.h"

#include <string.h>

static void session_row_wipe(struct session_row *row)
{
    if (row->data)
        explicit_bzero(row->data, row->length);
    g_clear_pointer(&row->data, g_free);
    row->length = 0;
}

void session_row_free(struct session_row *row)
{
    if (!row)
        return;
    session_row_wipe(row);
    g_free(row->place);
    g_free(row->container);
    g_free(row->fault);
    g_free(row);
}

void session_row_set(struct session_row *row, const void *data, gsize length)
{
    session_row_wipe(row);
    row->data = g_malloc0(length + 1);
    row->length = length;
    memcpy(row->data, data, length);
}

void session_store_free(struct session_store *store)
{
    if (!store)
        return;
    g_free(store->profile);
    g_free(store->path);
    g_free(store->label);
    g_free(store->origin);
    g_free(store->container);
    g_free(store->stamp);
    g_free(store);
}

/* Adds what the row does not say but the store does: items have no times of their own. */
static void session_store_complete(const struct session_store *store, struct session_row *row,
                                   gint64 changed)
{
    if (store->kind->session == SESSION_ITEM)
        row->last_used = changed;
    if (store->origin) {
        row->place = g_strdup(store->origin);
        row->container = g_strdup(store->container);
    }
}

GPtrArray *session_store_read(struct session_store *store, struct copy_dir *dir,
                              const struct session_query *query, GError **error)
{
    const struct store_format *format = store->kind->format;
    const char *missing = dir ? format->missing : N_("there is no place for a copy of it");
    gint64 changed = 0;
    GPtrArray *rows;

    g_clear_pointer(&store->stamp, g_free);
    if (missing) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _(missing));
        return NULL;
    }
    if (!copy_dir_take(dir, format->copy, store->path, &store->stamp, &changed, error))
        return NULL;
    rows = format->read(store, copy_dir_path(dir), query, error);
    copy_dir_empty(dir);
    for (guint i = 0; rows && i < rows->len; i++)
        session_store_complete(store, rows->pdata[i], changed);
    return rows;
}
