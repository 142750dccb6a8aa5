#include "common/usage/store.h"

#include "common/base/file.h"
#include "common/base/json.h"
#include "common/base/json_writer.h"

#include <string.h>
#include <unistd.h>

#define SNAPSHOT_FILE ".json"
#define ATTEMPT_FILE  ".state.json"
#define LOCK_FILE     ".lock"

static void attempt_clear(struct attempt *attempt)
{
    g_clear_error(&attempt->error);
    g_strfreev(attempt->tried);
    g_strfreev(attempt->watch);
    *attempt = (struct attempt){0};
}

void stored_clear(struct stored *stored)
{
    g_clear_pointer(&stored->snapshot, snapshot_free);
    attempt_clear(&stored->attempt);
    g_clear_error(&stored->problem);
}

const GError *stored_error(const struct stored *stored)
{
    return stored->attempt.error ? stored->attempt.error : stored->problem;
}

static char *file_in(const char *folder, const char *provider, const char *suffix)
{
    return g_strconcat(folder, "/", provider, suffix, NULL);
}

static struct snapshot *load_snapshot(const char *folder, const char *provider)
{
    g_autofree char *path = file_in(folder, provider, SNAPSHOT_FILE);
    gsize length = 0;
    g_autofree char *text = file_read(path, ANSWER_MAX_BYTES, &length, NULL);
    autoclear(answer) answer = {0};

    if (text)
        answer_parse(&answer, provider, text, length);
    return g_steal_pointer(&answer.snapshot);
}

static char **read_strings(const struct json *array)
{
    GPtrArray *strings;

    if (json_length(array) == 0)
        return NULL;
    strings = g_ptr_array_new();
    for (guint i = 0; i < json_length(array) && i < ANSWER_MAX_WATCH; i++) {
        if (json_string(json_at(array, i)))
            g_ptr_array_add(strings, g_strdup(json_string(json_at(array, i))));
    }
    g_ptr_array_add(strings, NULL);
    return (char **)g_ptr_array_free(strings, FALSE);
}

static void read_attempt(const struct json *json, struct attempt *attempt)
{
    const struct json *problem = json_get(json, "error");
    const char *message = json_string(json_get(problem, "message"));
    enum usage_error kind;
    gboolean pending = FALSE, forced = FALSE;
    double failures = 0;

    attempt->at = json_time(json, "at");
    json_boolean(json_get(json, "pending"), &pending);
    attempt->pending = pending;
    json_boolean(json_get(json, "forced"), &forced);
    attempt->forced = forced;
    attempt->not_before = json_time(json, "notBefore");
    attempt->service_until = json_time(json, "serviceUntil");
    json_number(json_get(json, "failures"), &failures);
    attempt->failures = (guint)CLAMP(failures, 0, 1000);
    attempt->tried = read_strings(json_get(json, "inputs"));
    attempt->watch = read_strings(json_get(json, "watch"));
    if (usage_error_from_name(json_string(json_get(problem, "kind")), &kind) && message) {
        attempt->error = g_error_new_literal(USAGE_ERROR, (int)kind, message);
        attempt->expired_at = json_time(problem, "expiredAt");
    }
}

static void load_attempt(const char *folder, const char *provider, struct attempt *attempt)
{
    g_autofree char *path = file_in(folder, provider, ATTEMPT_FILE);
    gsize length = 0;
    g_autofree char *text = file_read(path, ANSWER_MAX_BYTES, &length, NULL);
    autoptr(json) json = text ? json_parse(text, length, JSON_STRICT, NULL) : NULL;
    double schema = 0;

    *attempt = (struct attempt){0};
    if (json_number(json_get(json, "schema"), &schema) && schema == ANSWER_SCHEMA)
        read_attempt(json, attempt);
}

static void load_folder(const char *folder, const char *provider, struct stored *stored)
{
    stored->snapshot = load_snapshot(folder, provider);
    load_attempt(folder, provider, &stored->attempt);
}

static gint64 fetched_at(const struct snapshot *snapshot)
{
    return snapshot ? snapshot->fetched_at : 0;
}

/* Takes over what is not older: a success in the first folder removes what is in the others. */
static void take_newer(struct stored *stored, struct stored *other)
{
    if (other->snapshot && fetched_at(other->snapshot) >= fetched_at(stored->snapshot)) {
        g_clear_pointer(&stored->snapshot, snapshot_free);
        stored->snapshot = g_steal_pointer(&other->snapshot);
    }
    if (other->attempt.at > 0 && other->attempt.at >= stored->attempt.at) {
        attempt_clear(&stored->attempt);
        stored->attempt = other->attempt;
        other->attempt = (struct attempt){0};
    }
}

void store_load(const struct paths *paths, const char *provider, struct stored *stored)
{
    load_folder(paths->store_folders[0], provider, stored);
    for (char **folder = paths->store_folders + 1; *folder; folder++) {
        autoclear(stored) other = {0};

        if (!folder_is_own(*folder)) /* most often it is not there */
            continue;
        load_folder(*folder, provider, &other);
        take_newer(stored, &other);
    }
}

/* Removes the file from all folders but `keeper`: most often it is not there. A full disk allows
 * it. */
static void remove_from_others(const struct paths *paths, const char *keeper, const char *provider,
                               const char *suffix)
{
    for (char **folder = paths->store_folders; *folder; folder++) {
        g_autofree char *path = *folder != keeper ? file_in(*folder, provider, suffix) : NULL;
        if (path && folder_is_own(*folder))
            unlink(path);
    }
}

/* Saves in the first folder that takes it, and removes what older times left in the others. */
static bool save(const struct paths *paths, const char *provider, const char *suffix,
                 const char *text, GError **error)
{
    GError *first = NULL;
    char **taker = paths->store_folders;

    for (; *taker; taker++) {
        g_autofree char *path = file_in(*taker, provider, suffix);

        if (folder_make_private(*taker, first ? NULL : &first) &&
            file_replace(path, text, strlen(text), first ? NULL : &first))
            break;
    }
    if (!*taker) {
        g_propagate_error(error, first);
        return false;
    }
    g_clear_error(&first);
    remove_from_others(paths, *taker, provider, suffix);
    return true;
}

bool store_save_snapshot(const struct paths *paths, const struct snapshot *snapshot, GError **error)
{
    g_autofree char *text = answer_format_snapshot(snapshot);

    return save(paths, snapshot->provider, SNAPSHOT_FILE, text, error);
}

static char *format_attempt(const char *provider, const struct attempt *attempt)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", ANSWER_SCHEMA);
    json_put_string(writer, "provider", provider);
    json_put_time(writer, "at", attempt->at);
    if (attempt->pending)
        json_put_boolean(writer, "pending", TRUE);
    if (attempt->forced)
        json_put_boolean(writer, "forced", TRUE);
    json_put_integer(writer, "failures", attempt->failures);
    json_put_time(writer, "notBefore", attempt->not_before);
    json_put_time(writer, "serviceUntil", attempt->service_until);
    json_put_strings(writer, "inputs", attempt->tried);
    json_put_strings(writer, "watch", attempt->watch);
    if (attempt->error) {
        json_open_object(writer, "error");
        json_put_string(writer, "kind", usage_error_name(usage_error_kind(attempt->error)));
        json_put_string(writer, "message", attempt->error->message);
        json_put_time(writer, "expiredAt", attempt->expired_at);
        json_close_object(writer);
    }
    json_close_object(writer);
    return json_writer_finish(writer);
}

bool store_save_attempt(const struct paths *paths, const char *provider,
                        const struct attempt *attempt, GError **error)
{
    g_autofree char *text = format_attempt(provider, attempt);

    return save(paths, provider, ATTEMPT_FILE, text, error);
}

bool store_save_text(const struct paths *paths, const char *name, const char *text, GError **error)
{
    return save(paths, name, "", text, error);
}

void store_remove_text(const struct paths *paths, const char *name)
{
    remove_from_others(paths, NULL, name, "");
}

char *store_load_text(const struct paths *paths, const char *name, gsize max, gsize *length)
{
    char *text = NULL;

    for (char **folder = paths->store_folders; *folder && !text; folder++) {
        g_autofree char *path = file_in(*folder, name, "");

        if (folder == paths->store_folders || folder_is_own(*folder))
            text = file_read(path, max, length, NULL);
    }
    return text;
}

int store_lock(const struct paths *paths, const char *provider, GError **error)
{
    GError *first = NULL;
    int lock = -1;

    for (char **folder = paths->store_folders; *folder && lock < 0; folder++) {
        g_autofree char *path = file_in(*folder, provider, LOCK_FILE);

        if (folder_make_private(*folder, first ? NULL : &first))
            lock = file_lock(path, first ? NULL : &first);
    }
    if (lock >= 0)
        g_clear_error(&first);
    else
        g_propagate_error(error, first);
    return lock;
}
