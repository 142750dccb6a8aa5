#include "plugins/browsers/session_memory.h"

#include "common/base/json.h"
#include "common/base/json_writer.h"
#include "common/usage/store.h"

#include <string.h>

#define SCHEMA    2
#define MAX_BYTES (1024 * 1024)

static char *session_memory_describe_query(const struct session_query *query)
{
    g_autofree char *hosts = g_strjoinv(" ", (char **)(guintptr)query->hosts);
    g_autofree char *origins = g_strjoinv(" ", (char **)(guintptr)query->origins);

    return g_strdup_printf("%s %s; %s %s", query->cookie, hosts, query->item, origins);
}

static gint64 session_memory_integer(const struct json *json, const char *key)
{
    const char *text = json_number_text(json_get(json, key));

    return text ? g_ascii_strtoll(text, NULL, 10) : 0;
}

/* The text that was saved; the caller frees it. */
static char *session_memory_write_tree(const struct json *json)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_put_tree(writer, NULL, json);
    return json_writer_finish(writer);
}

struct session_memory *session_memory_load(const struct paths *paths, const char *name,
                                           const struct session_query *query)
{
    struct session_memory *memory = g_new0(struct session_memory, 1);
    autoptr(json) json = NULL;

    memory->paths = paths;
    memory->name = g_strconcat(name, ".sessions.json", NULL);
    memory->query = session_memory_describe_query(query);
    json = store_load_json(paths, memory->name, MAX_BYTES);
    if (session_memory_integer(json, "schema") == SCHEMA &&
        g_strcmp0(json_string(json_get(json, "query")), memory->query) == 0)
        memory->json = g_steal_pointer(&json);
    memory->worked = g_strdup(json_string(json_get(memory->json, "worked")));
    memory->worked_since = session_memory_integer(memory->json, "workedSince");
    memory->keyring_timeout = session_memory_integer(memory->json, "keyringLate");
    return memory;
}

void session_memory_free(struct session_memory *memory)
{
    if (!memory)
        return;
    g_free(memory->name);
    g_free(memory->query);
    g_free(memory->worked);
    json_free(memory->json);
    g_free(memory);
}

static const struct json *session_memory_find_store(const struct session_memory *memory,
                                                    const char *path)
{
    const struct json *stores = json_get(memory->json, "stores");

    for (guint i = 0; i < json_length(stores); i++) {
        const struct json *entry = json_at(stores, i);
        if (g_strcmp0(json_string(json_get(entry, "path")), path) == 0)
            return entry;
    }
    return NULL;
}

/* NULL if we did not write such an entry. */
static struct session *session_memory_recall_session(const struct json *entry,
                                                     struct session_store *store, gint64 now)
{
    enum session_outcome outcome;
    struct session *session;

    if (!session_outcome_from_name(json_string(json_get(entry, "outcome")), &outcome))
        return NULL;
    session = session_new(store, NULL, now);
    session_set(session, outcome, g_strdup(json_string(json_get(entry, "why"))));
    session->place = g_strdup(json_string(json_get(entry, "place")));
    session->container = g_strdup(json_string(json_get(entry, "container")));
    session->last_used = session_memory_integer(entry, "lastUsed");
    session->created = session_memory_integer(entry, "created");
    session->expires = session_memory_integer(entry, "expires");
    session->is_remembered = true;
    if (outcome == SESSION_FOUND && session->expires != 0 && session->expires <= now)
        session_set(session, SESSION_EXPIRED, NULL);
    return session;
}

bool session_memory_recall(const struct session_memory *memory, struct session_store *store,
                           gint64 now, GPtrArray *sessions)
{
    const struct json *entry = session_memory_find_store(memory, store->path);
    const struct json *entries = json_get(entry, "sessions");
    const char *stamp = json_string(json_get(entry, "stamp"));
    const struct copy_method *files = store->kind->format->copy;
    gint64 changed;
    g_autofree char *present = stamp ? files->stamp(store->path, &changed, NULL) : NULL;
    guint before = sessions->len;

    if (!stamp || g_strcmp0(stamp, present) != 0)
        return false;
    for (guint i = 0; i < json_length(entries); i++) {
        struct session *session = session_memory_recall_session(json_at(entries, i), store, now);
        if (session)
            g_ptr_array_add(sessions, session);
    }
    if (sessions->len == before)
        return false;
    store->stamp = g_steal_pointer(&present);
    return true;
}

/* The outcome that holds as long as the store does not change: the keyring may change without it.
 */
static enum session_outcome session_memory_lasting_outcome(const struct session *session)
{
    bool is_keyring = session->outcome == SESSION_LOCKED || session->outcome == SESSION_SEALED;

    return is_keyring ? SESSION_FOUND : session->outcome;
}

static void session_memory_put_session(struct json_writer *writer, const struct session *session)
{
    enum session_outcome outcome = session_memory_lasting_outcome(session);

    json_open_object(writer, NULL);
    json_put_string(writer, "outcome", session_outcome_name(outcome));
    if (outcome == session->outcome && session->why)
        json_put_string(writer, "why", session->why);
    if (session->place) {
        json_put_string(writer, "place", session->place);
        if (session->container)
            json_put_string(writer, "container", session->container);
        json_put_integer(writer, "lastUsed", session->last_used);
        json_put_integer(writer, "created", session->created);
        json_put_integer(writer, "expires", session->expires);
    }
    json_close_object(writer);
}

static void session_memory_put_store(struct json_writer *writer, const struct session_store *store,
                                     const GPtrArray *sessions)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "path", store->path);
    json_put_string(writer, "stamp", store->stamp);
    json_open_array(writer, "sessions");
    for (guint i = 0; i < sessions->len; i++) {
        const struct session *session = sessions->pdata[i];
        if (session->store == store)
            session_memory_put_session(writer, session);
    }
    json_close_array(writer);
    json_close_object(writer);
}

static char *session_memory_to_json(const struct session_memory *memory, const GPtrArray *sessions)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", SCHEMA);
    json_put_string(writer, "query", memory->query);
    json_put_string(writer, "worked", memory->worked);
    json_put_integer(writer, "workedSince", memory->worked_since);
    json_put_integer(writer, "keyringLate", memory->keyring_timeout);
    json_open_array(writer, "stores");
    for (guint i = 0; i < sessions->len; i++) {
        struct session_store *store = ((struct session *)sessions->pdata[i])->store;
        if (g_hash_table_add(seen, store) && store->stamp)
            session_memory_put_store(writer, store, sessions);
    }
    json_close_array(writer);
    json_close_object(writer);
    return json_writer_finish(writer);
}

void session_memory_save(const struct session_memory *memory, const GPtrArray *sessions)
{
    g_autofree char *text = session_memory_to_json(memory, sessions);
    g_autofree char *saved = session_memory_write_tree(memory->json);

    if (strcmp(text, saved) != 0)
        store_save_text(memory->paths, memory->name, text, NULL);
}
