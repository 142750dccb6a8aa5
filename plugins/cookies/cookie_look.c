#include "plugins/cookies/cookie_look.h"

#include "common/i18n.h"
#include "plugins/cookies/chromium_value.h"
#include "plugins/cookies/store_copy.h"
#include "plugins/cookies/store_query.h"

struct cookie_look *cookie_look_new(struct cookie_store *store)
{
    struct cookie_look *look = g_new0(struct cookie_look, 1);

    look->store = store;
    look->outcome = COOKIE_ABSENT;
    return look;
}

void cookie_look_free(struct cookie_look *look)
{
    if (!look)
        return;
    cookie_store_free(look->store);
    g_free(look->why);
    g_free(look->host);
    g_free(look->stamp);
    secret_free(look->value);
    cookie_row_free(look->row);
    g_free(look);
}

void cookie_look_set(struct cookie_look *look, enum cookie_outcome outcome, char *why)
{
    look->outcome = outcome;
    g_free(look->why);
    look->why = why;
}

static bool has_expired(const struct cookie_row *row, gint64 now)
{
    return row->expires != 0 && row->expires <= now;
}

/* The one that was used last of those that have not expired, else of those that have; -1: there is
 * none. The rows come in the order of their use. */
static int choose_row(const GPtrArray *rows, gint64 now)
{
    int expired = -1;

    for (guint i = 0; i < rows->len; i++) {
        const struct cookie_row *row = rows->pdata[i];
        if (row->length == 0)
            continue;
        if (!has_expired(row, now))
            return (int)i;
        if (expired < 0)
            expired = (int)i;
    }
    return expired;
}

static void take_row(struct cookie_look *look, struct cookie_row *row, gint64 now)
{
    cookie_look_set(look, has_expired(row, now) ? COOKIE_EXPIRED : COOKIE_FOUND, NULL);
    g_free(look->host);
    look->host = g_strdup(row->host);
    look->last_used = row->last_used;
    look->created = row->created;
    look->expires = row->expires;
    cookie_row_free(look->row);
    look->row = row;
}

static GPtrArray *read_copy(const struct cookie_look *look, const char *copy,
                            const struct cookie_query *query, GError **error)
{
    sqlite3 *store = store_open(copy, error);
    GPtrArray *rows = store ? look->store->family->read(store, query, error) : NULL;

    sqlite3_close(store);
    return rows;
}

void cookie_look_read(struct cookie_look *look, struct copy_room *room,
                      const struct cookie_query *query, gint64 now)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *stamp = NULL;
    const char *copy = room ? copy_room_take(room, look->store->path, &stamp, &error) : NULL;
    g_autoptr(GPtrArray) rows = copy ? read_copy(look, copy, query, &error) : NULL;
    int chosen;

    look->is_remembered = false;
    g_free(look->stamp);
    look->stamp = g_steal_pointer(&stamp);
    if (room)
        copy_room_empty(room);
    if (!rows) {
        cookie_look_set(look, COOKIE_UNREADABLE,
                        g_strdup(error ? error->message : _("there is no place for a copy of it")));
        return;
    }
    chosen = choose_row(rows, now);
    if (chosen < 0)
        cookie_look_set(look, COOKIE_ABSENT, NULL);
    else
        take_row(look, g_ptr_array_steal_index(rows, (guint)chosen), now);
}

void cookie_look_open(struct cookie_look *look, struct safe_storage *storage)
{
    g_autofree char *why = NULL;
    enum value_outcome outcome;

    if (!look->row->is_encrypted) {
        look->value = secret_new(look->row->data, (gssize)look->row->length);
        return;
    }
    outcome = chromium_value_open(look->row, look->store->browser, storage, &look->value, &why);
    if (outcome != VALUE_OPENED)
        cookie_look_set(look, outcome == VALUE_LOCKED ? COOKIE_LOCKED : COOKIE_SEALED,
                        g_steal_pointer(&why));
}
