#include "plugins/kimi/memory.h"

#include "common/base/json.h"
#include "common/base/json_writer.h"
#include "common/base/timestamp.h"
#include "common/usage/store.h"

#include <string.h>

#define FILE_NAME   "kimi.memory.json"
#define SCHEMA      1
#define MAX_BYTES   (64 * 1024)
#define MAX_ENTRIES 16  /* of each kind; the oldest are dropped */
#define MAX_TEXT    256 /* bytes of a name or a level */

/* Seconds after which a refused credential is tried again even though it is the same (services make
 * mistakes), the name of a plan is asked for again, and a plan that was not is forgotten. */
#define DAY             (24 * 60 * 60)
#define MAX_REFUSAL_AGE DAY
#define PLAN_INTERVAL   DAY
#define MAX_PLAN_AGE    (30 * DAY)

struct memory_entry {
    char *hash;  /* of a refused credential, or of the account that has a plan */
    gint64 at;   /* seconds since 1970 */
    long status; /* of a refusal: HTTP status */
    struct plan plan;
    char *level; /* of a plan: plan_level of the usage beside which it was recalled; NULL: none */
};

struct memory {
    const struct paths *paths;
    gint64 now;
    char *salt;
    GPtrArray *refusals; /* of struct memory_entry, the oldest first */
    GPtrArray *plans;    /* the same */
    bool has_changed;
};

static void memory_entry_free(struct memory_entry *entry)
{
    g_free(entry->hash);
    g_free(entry->level);
    plan_clear(&entry->plan);
    g_free(entry);
}

/* The text of a member unless that is too long; the caller frees it. */
static char *memory_read_text(const struct json *json, const char *key)
{
    const char *text = json_string(json_get(json, key));

    return text && strlen(text) <= MAX_TEXT ? g_strdup(text) : NULL;
}

/* NULL if the entry can't be used: it is too old, or from the future of a clock that jumped. */
static struct memory_entry *memory_read_entry(const struct memory *memory, const struct json *json,
                                              bool is_refusal)
{
    g_autofree char *hash = memory_read_text(json, "of");
    gint64 max_age = is_refusal ? MAX_REFUSAL_AGE : MAX_PLAN_AGE;
    struct memory_entry *entry;
    double status = 0;
    gint64 at;

    if (!hash || !timestamp_parse(json_string(json_get(json, "at")), &at) || at > memory->now ||
        memory->now - at >= max_age)
        return NULL;
    json_number(json_get(json, "status"), &status);
    if (is_refusal && (status < 400 || status > 499))
        return NULL;
    entry = g_new0(struct memory_entry, 1);
    entry->hash = g_steal_pointer(&hash);
    entry->at = at;
    entry->status = (long)status;
    entry->level = memory_read_text(json, "level");
    entry->plan.name = memory_read_text(json, "name");
    entry->plan.version = memory_read_text(json, "version");
    return entry;
}

static void memory_read_entries(struct memory *memory, const struct json *array, bool is_refusal)
{
    GPtrArray *entries = is_refusal ? memory->refusals : memory->plans;

    for (guint i = 0; i < MIN(json_length(array), MAX_ENTRIES); i++) {
        struct memory_entry *entry = memory_read_entry(memory, json_at(array, i), is_refusal);
        if (entry)
            g_ptr_array_add(entries, entry);
    }
}

/* Whether the file is in the first folder of the store; else it is written again, to be there. */
static bool memory_is_in_place(const struct paths *paths)
{
    g_autofree char *path = g_build_filename(paths->store_folders[0], FILE_NAME, NULL);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void memory_read(struct memory *memory)
{
    autoptr(json) json = store_load_json(memory->paths, FILE_NAME, MAX_BYTES);
    double schema = 0;

    if (!json_number(json_get(json, "schema"), &schema) || schema != SCHEMA)
        return;
    memory->salt = memory_read_text(json, "salt");
    memory->has_changed = !memory_is_in_place(memory->paths);
    if (!memory->salt) /* the hashes mean nothing without it */
        return;
    memory_read_entries(memory, json_get(json, "refused"), true);
    memory_read_entries(memory, json_get(json, "plans"), false);
}

struct memory *memory_load(const struct paths *paths, gint64 now)
{
    struct memory *memory = g_new0(struct memory, 1);

    memory->paths = paths;
    memory->now = now;
    memory->refusals = g_ptr_array_new_with_free_func((GDestroyNotify)memory_entry_free);
    memory->plans = g_ptr_array_new_with_free_func((GDestroyNotify)memory_entry_free);
    memory_read(memory);
    if (!memory->salt)
        memory->salt = g_uuid_string_random();
    return memory;
}

void memory_free(struct memory *memory)
{
    if (!memory)
        return;
    g_free(memory->salt);
    g_ptr_array_unref(memory->refusals);
    g_ptr_array_unref(memory->plans);
    g_free(memory);
}

static char *memory_hash(const struct memory *memory, const char *address, const char *text)
{
    static const guchar nothing[128];
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

    g_checksum_update(checksum, (const guchar *)memory->salt, -1);
    g_checksum_update(checksum, (const guchar *)address, (gssize)strlen(address) + 1);
    g_checksum_update(checksum, (const guchar *)text, -1);
    /* Overwrites the text in the checksum's buffer, which is not wiped. */
    g_checksum_update(checksum, nothing, sizeof nothing);
    return g_strndup(g_checksum_get_string(checksum), 16);
}

static char *memory_hash_credential(const struct memory *memory,
                                    const struct credential *credential)
{
    bool is_session = credential_is_session(credential);

    return memory_hash(memory, is_session ? credential->site->web : credential->endpoint->base,
                       secret_peek(credential->secret));
}

/* The account outlives its tokens, if they say which it is. */
static char *memory_hash_account(const struct memory *memory, const struct credential *credential)
{
    const char *account = credential->claims->traffic_id;

    return memory_hash(memory, credential_host(credential),
                       account ? account : secret_peek(credential->secret));
}

static struct memory_entry *memory_find(const GPtrArray *entries, const char *hash)
{
    for (guint i = 0; i < entries->len; i++) {
        struct memory_entry *entry = entries->pdata[i];
        if (strcmp(entry->hash, hash) == 0)
            return entry;
    }
    return NULL;
}

/* Finds or adds an entry and sets its time to now. */
static struct memory_entry *memory_note(struct memory *memory, GPtrArray *entries, const char *hash)
{
    struct memory_entry *entry = memory_find(entries, hash);

    if (!entry) {
        entry = g_new0(struct memory_entry, 1);
        entry->hash = g_strdup(hash);
        if (entries->len >= MAX_ENTRIES)
            g_ptr_array_remove_index(entries, 0);
        g_ptr_array_add(entries, entry);
    }
    entry->at = memory->now;
    memory->has_changed = true;
    return entry;
}

gint64 memory_refused_at(const struct memory *memory, const struct credential *credential,
                         long *status)
{
    g_autofree char *hash = memory_hash_credential(memory, credential);
    const struct memory_entry *refusal = memory_find(memory->refusals, hash);

    if (refusal && status)
        *status = refusal->status;
    return refusal ? refusal->at : 0;
}

void memory_note_refused(struct memory *memory, const struct credential *credential, long status)
{
    g_autofree char *hash = memory_hash_credential(memory, credential);

    memory_note(memory, memory->refusals, hash)->status = status;
}

bool memory_plan_is_due(const struct memory *memory, const struct credential *credential)
{
    g_autofree char *hash = memory_hash_account(memory, credential);
    const struct memory_entry *known = memory_find(memory->plans, hash);

    return !known || memory->now - known->at >= PLAN_INTERVAL;
}

void memory_note_plan(struct memory *memory, const struct credential *credential,
                      const struct plan *plan)
{
    g_autofree char *hash = memory_hash_account(memory, credential);
    struct memory_entry *known = memory_note(memory, memory->plans, hash);

    if (!plan)
        return;
    plan_clear(&known->plan);
    known->plan.name = g_strdup(plan->name);
    known->plan.version = g_strdup(plan->version);
    g_clear_pointer(&known->level, g_free);
}

const struct plan *memory_recall_plan(struct memory *memory, const struct credential *credential,
                                      const char *level)
{
    g_autofree char *hash = memory_hash_account(memory, credential);
    struct memory_entry *known = memory_find(memory->plans, hash);

    if (!known)
        return NULL;
    if (level && g_strcmp0(known->level, level) != 0) {
        if (known->level) { /* the plan has changed: ask again next time */
            plan_clear(&known->plan);
            known->at = 0;
        }
        g_free(known->level);
        known->level = g_strndup(level, MAX_TEXT);
        memory->has_changed = true;
    }
    return &known->plan;
}

static void memory_write_entries(const GPtrArray *entries, const char *name,
                                 struct json_writer *writer)
{
    json_open_array(writer, name);
    for (guint i = 0; i < entries->len; i++) {
        const struct memory_entry *entry = entries->pdata[i];
        json_open_object(writer, NULL);
        json_put_string(writer, "of", entry->hash);
        json_put_time(writer, "at", entry->at);
        if (entry->status != 0)
            json_put_integer(writer, "status", entry->status);
        json_put_string(writer, "level", entry->level);
        json_put_string(writer, "name", entry->plan.name);
        json_put_string(writer, "version", entry->plan.version);
        json_close_object(writer);
    }
    json_close_array(writer);
}

void memory_save(struct memory *memory)
{
    struct json_writer *writer;

    if (!memory->has_changed)
        return;
    writer = json_writer_new(FALSE);
    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", SCHEMA);
    json_put_string(writer, "salt", memory->salt);
    memory_write_entries(memory->refusals, "refused", writer);
    memory_write_entries(memory->plans, "plans", writer);
    json_close_object(writer);
    g_autofree char *text = json_writer_finish(writer);
    store_save_text(memory->paths, FILE_NAME, text, NULL);
    memory->has_changed = false;
}
