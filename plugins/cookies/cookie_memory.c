#include "plugins/cookies/cookie_memory.h"

#include "common/file.h"
#include "common/json.h"
#include "common/json_writer.h"
#include "plugins/cookies/store_copy.h"

#include <string.h>

#define SCHEMA    1
#define MAX_BYTES (1024 * 1024)

struct cookie_memory {
    const struct paths *paths;
    char *name;  /* of the file */
    char *query; /* what the outcomes are about */
    char *saved; /* the text that is in the file; NULL: none */
    struct json *json;
    char *worked;
    gint64 worked_since;
    gint64 late;
    GPtrArray *looks; /* borrowed; NULL: those of the file */
};

static char *describe_query(const struct cookie_query *query)
{
    g_autofree char *hosts = g_strjoinv(" ", (char **)(guintptr)query->hosts);

    return g_strconcat(query->name, " ", hosts, NULL);
}

static gint64 get_integer(const struct json *json, const char *key)
{
    const char *text = json_number_text(json_get(json, key));

    return text ? g_ascii_strtoll(text, NULL, 10) : 0;
}

static struct json *parse(const char *text, gsize length, const char *query)
{
    autoptr(json) json = json_parse(text, length, JSON_STRICT, NULL);

    if (get_integer(json, "schema") != SCHEMA ||
        g_strcmp0(json_string(json_get(json, "query")), query) != 0)
        return NULL;
    return g_steal_pointer(&json);
}

/* The first folder of the store that has the file counts. */
static void read_file(struct cookie_memory *memory)
{
    for (char **folder = memory->paths->store_folders; *folder && !memory->saved; folder++) {
        g_autofree char *path = g_build_filename(*folder, memory->name, NULL);
        gsize length = 0;

        if (!folder_is_own(*folder))
            continue;
        memory->saved = file_read(path, MAX_BYTES, &length, NULL); /* unreadable: as if not there */
        if (memory->saved)
            memory->json = parse(memory->saved, length, memory->query);
    }
}

struct cookie_memory *cookie_memory_load(const struct paths *paths, const char *name,
                                         const struct cookie_query *query)
{
    struct cookie_memory *memory = g_new0(struct cookie_memory, 1);

    memory->paths = paths;
    memory->name = g_strconcat(name, ".cookies.json", NULL);
    memory->query = describe_query(query);
    read_file(memory);
    memory->worked = g_strdup(json_string(json_get(memory->json, "worked")));
    memory->worked_since = get_integer(memory->json, "workedSince");
    memory->late = get_integer(memory->json, "keyringLate");
    return memory;
}

void cookie_memory_free(struct cookie_memory *memory)
{
    if (!memory)
        return;
    g_free(memory->name);
    g_free(memory->query);
    g_free(memory->saved);
    g_free(memory->worked);
    json_free(memory->json);
    if (memory->looks)
        g_ptr_array_unref(memory->looks);
    g_free(memory);
}

static const struct json *find_entry(const struct cookie_memory *memory, const char *path)
{
    const struct json *stores = json_get(memory->json, "stores");

    for (guint i = 0; i < json_length(stores); i++) {
        const struct json *entry = json_at(stores, i);
        if (g_strcmp0(json_string(json_get(entry, "path")), path) == 0)
            return entry;
    }
    return NULL;
}

bool cookie_memory_recall(const struct cookie_memory *memory, struct cookie_look *look, gint64 now)
{
    const struct json *entry = find_entry(memory, look->store->path);
    const char *stamp = json_string(json_get(entry, "stamp"));
    g_autofree char *present = stamp ? store_stamp(look->store->path) : NULL;
    gint64 expires = get_integer(entry, "expires");
    enum cookie_outcome outcome;

    if (!stamp || strcmp(stamp, present) != 0 ||
        !cookie_outcome_from_name(json_string(json_get(entry, "outcome")), &outcome) ||
        (outcome == COOKIE_FOUND && expires != 0 && expires <= now))
        return false;
    cookie_look_set(look, outcome, g_strdup(json_string(json_get(entry, "why"))));
    look->stamp = g_steal_pointer(&present);
    look->host = g_strdup(json_string(json_get(entry, "host")));
    look->last_used = get_integer(entry, "lastUsed");
    look->created = get_integer(entry, "created");
    look->expires = expires;
    look->is_remembered = true;
    return true;
}

void cookie_memory_keep(struct cookie_memory *memory, const GPtrArray *looks)
{
    if (memory->looks)
        g_ptr_array_unref(memory->looks);
    memory->looks = g_ptr_array_new();
    for (guint i = 0; i < looks->len; i++)
        g_ptr_array_add(memory->looks, looks->pdata[i]);
}

const char *cookie_memory_worked(const struct cookie_memory *memory, gint64 *since)
{
    *since = memory->worked_since;
    return memory->worked;
}

/* Whether another store got its cookie after this time: then somebody has signed in there. */
static bool is_outdated(const struct cookie_memory *memory, const char *label, gint64 since)
{
    const struct json *stores = json_get(memory->json, "stores");

    for (guint i = 0; i < json_length(stores); i++) {
        const struct json *entry = json_at(stores, i);
        if (get_integer(entry, "created") > since &&
            g_strcmp0(json_string(json_get(entry, "label")), label) != 0)
            return true;
    }
    return false;
}

void cookie_memory_set_worked(struct cookie_memory *memory, const char *label, gint64 now)
{
    if (g_strcmp0(memory->worked, label) == 0 && !is_outdated(memory, label, memory->worked_since))
        return;
    g_free(memory->worked);
    memory->worked = g_strdup(label);
    memory->worked_since = now;
}

gint64 cookie_memory_late(const struct cookie_memory *memory)
{
    return memory->late;
}

void cookie_memory_set_late(struct cookie_memory *memory, gint64 since)
{
    memory->late = since;
}

/* What depends on the keyring is not a matter of the store, and may be otherwise next time. */
static enum cookie_outcome lasting_outcome(const struct cookie_look *look)
{
    bool is_keyring = look->outcome == COOKIE_LOCKED || look->outcome == COOKIE_SEALED;

    return is_keyring ? COOKIE_FOUND : look->outcome;
}

static void put_look(struct json_writer *writer, const struct cookie_look *look)
{
    enum cookie_outcome outcome = lasting_outcome(look);

    json_open_object(writer, NULL);
    json_put_string(writer, "path", look->store->path);
    json_put_string(writer, "label", look->store->label);
    json_put_string(writer, "stamp", look->stamp);
    json_put_string(writer, "outcome", cookie_outcome_name(outcome));
    if (outcome == look->outcome)
        json_put_string(writer, "why", look->why);
    if (look->host) {
        json_put_string(writer, "host", look->host);
        json_put_integer(writer, "lastUsed", look->last_used);
        json_put_integer(writer, "created", look->created);
        json_put_integer(writer, "expires", look->expires);
    }
    json_close_object(writer);
}

static void put_stores(struct json_writer *writer, const struct cookie_memory *memory)
{
    if (!memory->looks) {
        if (memory->json)
            json_put_tree(writer, "stores", json_get(memory->json, "stores"));
        return;
    }
    json_open_array(writer, "stores");
    for (guint i = 0; i < memory->looks->len; i++) {
        const struct cookie_look *look = memory->looks->pdata[i];
        if (look->stamp)
            put_look(writer, look);
    }
    json_close_array(writer);
}

static char *write_text(const struct cookie_memory *memory)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", SCHEMA);
    json_put_string(writer, "query", memory->query);
    json_put_string(writer, "worked", memory->worked);
    json_put_integer(writer, "workedSince", memory->worked_since);
    json_put_integer(writer, "keyringLate", memory->late);
    put_stores(writer, memory);
    json_close_object(writer);
    return json_writer_finish(writer);
}

void cookie_memory_save(struct cookie_memory *memory)
{
    g_autofree char *text = write_text(memory);

    if (g_strcmp0(text, memory->saved) == 0)
        return;
    for (char **folder = memory->paths->store_folders; *folder; folder++) {
        g_autofree char *path = g_build_filename(*folder, memory->name, NULL);
        if (folder_make_private(*folder, NULL) && file_replace(path, text, strlen(text), NULL))
            return;
    }
}
