#include "plugins/kimi/memory.h"

#include "common/base/json.h"
#include "common/base/json_writer.h"
#include "common/base/timestamp.h"
#include "common/usage/store.h"

#include <string.h>

#define FILE_NAME   "kimi.memory.json"
#define SCHEMA      1
#define MAX_BYTES   (64 * 1024)
#define MAX_ENTRIES 16  /* of each kind; the oldest go */
#define MAX_TEXT    256 /* bytes of a name or a level */

struct memory_refusal {
    char *of; /* fingerprint */
    gint64 at;
    gint64 status;
};

struct memory_plan {
    char *of; /* fingerprint of the account */
    gint64 at;
    char *level; /* that the usage told beside; NULL: none */
    struct plan plan;
};

struct memory {
    const struct paths *paths;
    gint64 now;
    char *salt;
    GPtrArray *refusals; /* the oldest first */
    GPtrArray *plans;
    bool has_changed;
};

static void memory_refusal_free(struct memory_refusal *refusal)
{
    g_free(refusal->of);
    g_free(refusal);
}

static void memory_plan_free(struct memory_plan *plan)
{
    g_free(plan->of);
    g_free(plan->level);
    plan_clear(&plan->plan);
    g_free(plan);
}

/* The text of a member if it is a short one; the caller frees it. */
static char *memory_read_text(const struct json *json, const char *key)
{
    const char *text = json_string(json_get(json, key));

    return text && strlen(text) <= MAX_TEXT ? g_strdup(text) : NULL;
}

/* The time of an entry; false if it is missing, over, or in the future of a clock that jumped. */
static bool memory_read_time(const struct memory *memory, const struct json *json, gint64 lifetime,
                             gint64 *at)
{
    return timestamp_parse(json_string(json_get(json, "at")), at) && *at <= memory->now &&
           memory->now - *at < lifetime;
}

static void memory_read_refusal(struct memory *memory, const struct json *json)
{
    g_autofree char *of = memory_read_text(json, "of");
    struct memory_refusal *refusal;
    double status = 0;
    gint64 at;

    if (!of || !memory_read_time(memory, json, MEMORY_REFUSED, &at) ||
        !json_number(json_get(json, "status"), &status) || status < 400 || status > 499)
        return;
    refusal = g_new0(struct memory_refusal, 1);
    refusal->of = g_steal_pointer(&of);
    refusal->at = at;
    refusal->status = (gint64)status;
    g_ptr_array_add(memory->refusals, refusal);
}

static void memory_read_plan(struct memory *memory, const struct json *json)
{
    g_autofree char *of = memory_read_text(json, "of");
    struct memory_plan *plan;
    gint64 at;

    if (!of || !memory_read_time(memory, json, 30 * MEMORY_PLAN, &at))
        return;
    plan = g_new0(struct memory_plan, 1);
    plan->of = g_steal_pointer(&of);
    plan->at = at;
    plan->level = memory_read_text(json, "level");
    plan->plan.name = memory_read_text(json, "name");
    plan->plan.version = memory_read_text(json, "version");
    g_ptr_array_add(memory->plans, plan);
}

static void memory_read_all(struct memory *memory, const struct json *array,
                            void (*read)(struct memory *memory, const struct json *json))
{
    for (guint i = 0; i < MIN(json_length(array), MAX_ENTRIES); i++)
        read(memory, json_at(array, i));
}

/* Whether the file lies where it belongs, and not where another folder had to serve. */
static bool memory_is_in_place(const struct paths *paths)
{
    g_autofree char *path = g_build_filename(paths->store_folders[0], FILE_NAME, NULL);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void memory_read(struct memory *memory)
{
    gsize length = 0;
    g_autofree char *text = store_load_text(memory->paths, FILE_NAME, MAX_BYTES, &length);
    autoptr(json) json = text ? json_parse(text, length, JSON_STRICT, NULL) : NULL;
    double schema = 0;

    if (!json_number(json_get(json, "schema"), &schema) || schema != SCHEMA)
        return;
    memory->salt = memory_read_text(json, "salt");
    memory->has_changed = !memory_is_in_place(memory->paths);
    if (!memory->salt) /* without it the fingerprints mean nothing */
        return;
    memory_read_all(memory, json_get(json, "refused"), memory_read_refusal);
    memory_read_all(memory, json_get(json, "plans"), memory_read_plan);
}

struct memory *memory_load(const struct paths *paths, gint64 now)
{
    struct memory *memory = g_new0(struct memory, 1);

    memory->paths = paths;
    memory->now = now;
    memory->refusals = g_ptr_array_new_with_free_func((GDestroyNotify)memory_refusal_free);
    memory->plans = g_ptr_array_new_with_free_func((GDestroyNotify)memory_plan_free);
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

static char *memory_hash(const struct memory *memory, const char *host, const char *text)
{
    static const guchar nothing[128];
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    char *hash;

    g_checksum_update(checksum, (const guchar *)memory->salt, -1);
    g_checksum_update(checksum, (const guchar *)host, (gssize)strlen(host) + 1);
    g_checksum_update(checksum, (const guchar *)text, -1);
    /* Drives the text out of the checksum's buffer, which is not wiped. */
    g_checksum_update(checksum, nothing, sizeof nothing);
    hash = g_strndup(g_checksum_get_string(checksum), 16);
    return hash;
}

static char *memory_fingerprint(const struct memory *memory, const struct credential *credential)
{
    const struct endpoint *endpoint = credential->endpoint;

    return memory_hash(memory, endpoint ? endpoint->base : credential->site->web,
                       secret_peek(credential->secret));
}

/* Tokens of one account come and go; the account stays. */
static char *memory_account(const struct memory *memory, const struct credential *credential)
{
    const char *account = credential->claims->traffic_id;

    return memory_hash(memory, credential_host(credential),
                       account ? account : secret_peek(credential->secret));
}

static struct memory_refusal *memory_find_refusal(const struct memory *memory, const char *of)
{
    for (guint i = 0; i < memory->refusals->len; i++) {
        struct memory_refusal *refusal = memory->refusals->pdata[i];
        if (strcmp(refusal->of, of) == 0)
            return refusal;
    }
    return NULL;
}

static struct memory_plan *memory_find_plan(const struct memory *memory,
                                            const struct credential *credential)
{
    g_autofree char *of = memory_account(memory, credential);

    for (guint i = 0; i < memory->plans->len; i++) {
        struct memory_plan *plan = memory->plans->pdata[i];
        if (strcmp(plan->of, of) == 0)
            return plan;
    }
    return NULL;
}

/* Adds an entry, and forgets the oldest if there are too many. */
static void memory_add(GPtrArray *entries, void *entry)
{
    if (entries->len >= MAX_ENTRIES)
        g_ptr_array_remove_index(entries, 0);
    g_ptr_array_add(entries, entry);
}

gint64 memory_refused_at(const struct memory *memory, const struct credential *credential,
                         long *status)
{
    g_autofree char *of = memory_fingerprint(memory, credential);
    const struct memory_refusal *refusal = memory_find_refusal(memory, of);

    if (refusal)
        *status = (long)refusal->status;
    return refusal ? refusal->at : 0;
}

void memory_note_refused(struct memory *memory, const struct credential *credential, long status)
{
    g_autofree char *of = memory_fingerprint(memory, credential);
    struct memory_refusal *refusal = memory_find_refusal(memory, of);

    if (!refusal) {
        refusal = g_new0(struct memory_refusal, 1);
        refusal->of = g_steal_pointer(&of);
        memory_add(memory->refusals, refusal);
    }
    refusal->at = memory->now;
    refusal->status = status;
    memory->has_changed = true;
}

bool memory_plan_is_due(const struct memory *memory, const struct credential *credential)
{
    const struct memory_plan *plan = memory_find_plan(memory, credential);

    return !plan || memory->now - plan->at >= MEMORY_PLAN;
}

void memory_note_plan(struct memory *memory, const struct credential *credential,
                      const struct plan *plan)
{
    struct memory_plan *known = memory_find_plan(memory, credential);

    if (!known) {
        known = g_new0(struct memory_plan, 1);
        known->of = memory_account(memory, credential);
        memory_add(memory->plans, known);
    }
    known->at = memory->now;
    if (plan) {
        plan_clear(&known->plan);
        known->plan.name = g_strdup(plan->name);
        known->plan.version = g_strdup(plan->version);
        g_clear_pointer(&known->level, g_free);
    }
    memory->has_changed = true;
}

void memory_recall_plan(struct memory *memory, const struct credential *credential,
                        const char *level, struct plan *plan)
{
    struct memory_plan *known = memory_find_plan(memory, credential);

    if (!known)
        return;
    if (level && g_strcmp0(known->level, level) != 0) {
        if (known->level) { /* another plan: ask again next time */
            plan_clear(&known->plan);
            known->at = 0;
        }
        g_free(known->level);
        known->level = g_strndup(level, MAX_TEXT);
        memory->has_changed = true;
    }
    plan->name = g_strdup(known->plan.name);
    plan->version = g_strdup(known->plan.version);
}

static char *memory_write(const struct memory *memory)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", SCHEMA);
    json_put_string(writer, "salt", memory->salt);
    json_open_array(writer, "refused");
    for (guint i = 0; i < memory->refusals->len; i++) {
        const struct memory_refusal *refusal = memory->refusals->pdata[i];
        json_open_object(writer, NULL);
        json_put_string(writer, "of", refusal->of);
        json_put_time(writer, "at", refusal->at);
        json_put_integer(writer, "status", refusal->status);
        json_close_object(writer);
    }
    json_close_array(writer);
    json_open_array(writer, "plans");
    for (guint i = 0; i < memory->plans->len; i++) {
        const struct memory_plan *plan = memory->plans->pdata[i];
        json_open_object(writer, NULL);
        json_put_string(writer, "of", plan->of);
        json_put_time(writer, "at", plan->at);
        json_put_string(writer, "level", plan->level);
        json_put_string(writer, "name", plan->plan.name);
        json_put_string(writer, "version", plan->plan.version);
        json_close_object(writer);
    }
    json_close_array(writer);
    json_close_object(writer);
    return json_writer_finish(writer);
}

void memory_save(struct memory *memory)
{
    if (!memory->has_changed)
        return;
    g_autofree char *text = memory_write(memory);
    store_save_text(memory->paths, FILE_NAME, text, NULL);
    memory->has_changed = false;
}
