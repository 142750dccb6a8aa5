#include "plugins/browsers/session_search.h"

#include "common/base/i18n.h"
#include "plugins/browsers/browser_list.h"
#include "plugins/browsers/chromium/chromium.h"
#include "plugins/browsers/chromium/chromium_value.h"
#include "plugins/browsers/session_memory.h"
#include "plugins/browsers/store/item_value.h"

#include <string.h>

/* How long a keyring that timed out is left alone. */
#define KEYRING_REST (60 * G_TIME_SPAN_SECOND)

struct session_search {
    const struct session_request *request;
    gint64 now; /* microseconds since 1970 */
    GPtrArray *stores;
    GPtrArray *sessions;
    guint next;
    struct session_memory *memory;
    struct copy_dir *dir; /* NULL: not needed yet, or there is no place */
    struct safe_storage *storage;
};

const char *session_search_missing(void)
{
    return NULL;
}

const char *session_search_limit(void)
{
    const char *const reasons[] = {keyring_missing, chromium_items.format->missing, snappy_missing};
    g_autoptr(GString) text = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(reasons); i++) {
        if (reasons[i])
            g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", _(reasons[i]));
    }
    return text->len > 0 ? g_intern_string(text->str) : NULL;
}

static GPtrArray *search_read_store(struct session_search *search, struct session_store *store,
                                    GError **error)
{
    const struct session_request *request = search->request;

    if (!search->dir)
        search->dir =
            copy_dir_new(request->paths, g_environ_getenv(request->environment, "XDG_RUNTIME_DIR"));
    return session_store_read(store, search->dir, &request->query, error);
}

static void search_add_store(struct session_search *search, struct session_store *store)
{
    GPtrArray *sessions = search->sessions;
    guint before = sessions->len;
    g_autoptr(GError) error = NULL;

    if (session_memory_recall(search->memory, store, search->now, sessions))
        return;
    g_autoptr(GPtrArray) rows = search_read_store(search, store, &error);
    while (rows && rows->len > 0)
        g_ptr_array_add(sessions,
                        session_new(store, g_ptr_array_steal_index(rows, 0), search->now));
    if (sessions->len > before)
        return;
    struct session *none = session_new(store, NULL, search->now);
    if (!rows)
        session_set(none, SESSION_UNREADABLE, g_strdup(error->message));
    g_ptr_array_add(sessions, none);
}

/* The row of this session, which the caller then owns; NULL: it is gone. */
static struct session_row *search_steal_row(GPtrArray *rows, const struct session *session)
{
    for (guint i = 0; i < rows->len; i++) {
        if (session_is_at(session, rows->pdata[i]))
            return g_ptr_array_steal_index(rows, i);
    }
    return NULL;
}

/* Reads the rows of sessions that were remembered without their values. If the store has changed
 * since it was looked at, it is not remembered: it may have other sessions now. */
static void search_read_again(struct session_search *search, struct session_store *store)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *stamp = g_strdup(store->stamp);
    g_autoptr(GPtrArray) rows = search_read_store(search, store, &error);

    if (g_strcmp0(stamp, store->stamp) != 0)
        g_clear_pointer(&store->stamp, g_free);
    for (guint i = 0; i < search->sessions->len; i++) {
        struct session *session = search->sessions->pdata[i];
        if (session->store != store || session->outcome != SESSION_FOUND || session->value)
            continue;
        session->is_remembered = false;
        session_row_free(session->row);
        session->row = rows ? search_steal_row(rows, session) : NULL;
        if (!rows)
            session_set(session, SESSION_UNREADABLE, g_strdup(error->message));
        else if (!session->row)
            session_set(session, SESSION_ABSENT, NULL);
        else if (session->row->fault)
            session_set(session, SESSION_UNREADABLE, g_strdup(session->row->fault));
    }
}

/* The index of the browser in the request. */
static guint search_rank(const struct session_search *search, const struct session *session)
{
    const char *const *ids = search->request->browsers;
    guint rank = 0;

    while (ids && ids[rank] && strcmp(ids[rank], session->store->browser->id) != 0)
        rank++;
    return rank;
}

/* Whether another session was made since one worked, by somebody who signed in. */
static bool search_has_newer(const struct session_search *search)
{
    const struct session_memory *memory = search->memory;

    for (guint i = 0; i < search->sessions->len; i++) {
        const struct session *session = search->sessions->pdata[i];
        if (session->created > memory->worked_since &&
            g_strcmp0(session->label, memory->worked) != 0)
            return true;
    }
    return false;
}

/* The session that worked last; NULL if there is none, or somebody signed in elsewhere since. */
static const struct session *search_find_worked(const struct session_search *search)
{
    const struct session_memory *memory = search->memory;
    const struct session *worked = NULL;

    for (guint i = 0; i < search->sessions->len; i++) {
        const struct session *session = search->sessions->pdata[i];
        if (g_strcmp0(session->label, memory->worked) == 0)
            worked = session;
        else if (session->outcome == SESSION_FOUND && session->created > memory->worked_since)
            return NULL;
    }
    return worked;
}

struct search_order {
    const struct session_search *search;
    const struct session *worked;
};

static gint search_compare(gconstpointer first, gconstpointer second, gpointer data)
{
    const struct search_order *order = data;
    const struct session *a = *(const struct session *const *)first;
    const struct session *b = *(const struct session *const *)second;
    guint rank_a = search_rank(order->search, a), rank_b = search_rank(order->search, b);

    if (rank_a != rank_b)
        return rank_a < rank_b ? -1 : 1;
    if (a != b && (a == order->worked || b == order->worked))
        return a == order->worked ? -1 : 1;
    if (a->last_used != b->last_used)
        return a->last_used > b->last_used ? -1 : 1;
    return strcmp(a->label, b->label);
}

static void search_sort(struct session_search *search)
{
    struct search_order order = {search, search_find_worked(search)};

    g_ptr_array_sort_with_data(search->sessions, search_compare, &order);
}

struct session_search *session_search_new(const struct session_request *request)
{
    struct session_search *search = g_new0(struct session_search, 1);
    gint64 rest;

    search->request = request;
    search->now = request->now * G_USEC_PER_SEC;
    search->memory = session_memory_load(request->paths, request->memory, &request->query);
    search->sessions = g_ptr_array_new_with_free_func((GDestroyNotify)session_free);
    search->stores =
        browser_list_stores(&request->query, request->paths, request->app, request->browsers);
    rest = search->now - search->memory->keyring_timeout;
    search->storage = safe_storage_new(request->environment, request->paths->config_home,
                                       rest < 0 || rest > KEYRING_REST);
    for (guint i = 0; i < search->stores->len; i++)
        search_add_store(search, search->stores->pdata[i]);
    session_label_all(search->sessions);
    search_sort(search);
    return search;
}

void session_search_free(struct session_search *search)
{
    if (!search)
        return;
    if (safe_storage_timed_out(search->storage))
        search->memory->keyring_timeout = search->now;
    /* A user without browsers needs no file about them. */
    if (search->sessions->len > 0)
        session_memory_save(search->memory, search->sessions);
    session_memory_free(search->memory);
    copy_dir_free(search->dir);
    safe_storage_free(search->storage);
    g_ptr_array_unref(search->sessions);
    g_ptr_array_unref(search->stores);
    g_free(search);
}

/* Sets the value of a session whose row was read, or the outcome that says why there is none. */
static void search_open(const struct session_search *search, struct session *session)
{
    autoptr(session_row) row = g_steal_pointer(&session->row);
    char *why = NULL;
    bool is_locked = false;

    if (row->is_encrypted)
        session->value =
            chromium_value_open(row, session->store->browser, search->storage, &is_locked, &why);
    else
        session->value = secret_new(row->data, (gssize)row->length);
    if (!session->value)
        session_set(session, is_locked ? SESSION_LOCKED : SESSION_SEALED, why);
}

struct session *session_search_next(struct session_search *search)
{
    struct session *found = NULL;

    while (!found && search->next < search->sessions->len) {
        struct session *session = search->sessions->pdata[search->next++];

        if (session->outcome != SESSION_FOUND)
            continue;
        if (!session->row)
            search_read_again(search, session->store);
        if (session->row && session->outcome == SESSION_FOUND)
            search_open(search, session);
        if (session->value)
            found = session;
    }
    /* No copy is kept while the caller asks a service. */
    g_clear_pointer(&search->dir, copy_dir_free);
    return found;
}

const GPtrArray *session_search_all(const struct session_search *search)
{
    return search->sessions;
}

void session_search_note_worked(struct session_search *search, const struct session *session)
{
    struct session_memory *memory = search->memory;

    /* A file that says so already need not be written again. */
    if (g_strcmp0(memory->worked, session->label) == 0 && !search_has_newer(search))
        return;
    g_free(memory->worked);
    memory->worked = g_strdup(session->label);
    memory->worked_since = search->now;
}

void session_search_add_files(const struct session_search *search, guint max, GPtrArray *files)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < search->sessions->len && files->len < max; i++) {
        const struct session *session = search->sessions->pdata[i];
        if (g_hash_table_add(seen, session->store))
            session->store->kind->format->add_files(session->store, files);
    }
    g_ptr_array_set_size(files, (gint)MIN(files->len, max));
}
