#include "common/usage/store.h"

#include "common/base/file.h"
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

static char *store_path(const char *folder, const char *name, const char *suffix)
{
    return g_strconcat(folder, "/", name, suffix, NULL);
}

static char *store_read(const char *folder, const char *name, const char *suffix, gsize max,
                        gsize *length)
{
    g_autofree char *path = store_path(folder, name, suffix);

    return file_read_own(path, max, length);
}

static struct snapshot *store_read_snapshot(const char *folder, const char *provider)
{
    gsize length = 0;
    g_autofree char *text = store_read(folder, provider, SNAPSHOT_FILE, ANSWER_MAX_BYTES, &length);
    autoclear(answer) answer = {0};

    if (text)
        answer_parse(&answer, provider, text, length);
    return g_steal_pointer(&answer.snapshot);
}

static char **attempt_parse_strings(const struct json *array)
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

static void attempt_parse(const struct json *json, struct attempt *attempt)
{
    const struct json *problem = json_get(json, "error");
    const char *message = json_string(json_get(problem, "message"));
    enum usage_error kind;
    double failures = 0;

    attempt->at = json_time(json, "at");
    attempt->pending = json_is_true(json_get(json, "pending"));
    attempt->forced = json_is_true(json_get(json, "forced"));
    attempt->early_until = json_time(json, "earlyUntil");
    attempt->not_before = json_time(json, "notBefore");
    attempt->service_until = json_time(json, "serviceUntil");
    json_number(json_get(json, "failures"), &failures);
    attempt->failures = (guint)CLAMP(failures, 0, 1000);
    attempt->tried = attempt_parse_strings(json_get(json, "inputs"));
    attempt->watch = attempt_parse_strings(json_get(json, "watch"));
    if (usage_error_from_name(json_string(json_get(problem, "kind")), &kind) && message) {
        attempt->error = g_error_new_literal(USAGE_ERROR, (int)kind, message);
        attempt->expired_at = json_time(problem, "expiredAt");
    }
}

static void store_read_attempt(const char *folder, const char *provider, struct attempt *attempt)
{
    gsize length = 0;
    g_autofree char *text = store_read(folder, provider, ATTEMPT_FILE, ANSWER_MAX_BYTES, &length);
    autoptr(json) json = text ? json_parse(text, length, JSON_STRICT, NULL) : NULL;
    double schema = 0;

    if (json_number(json_get(json, "schema"), &schema) && schema == ANSWER_SCHEMA)
        attempt_parse(json, attempt);
}

static void store_read_folder(const char *folder, const char *provider, struct stored *stored)
{
    stored->snapshot = store_read_snapshot(folder, provider);
    store_read_attempt(folder, provider, &stored->attempt);
}

/* Moves from `other` what is not older than what `stored` has. A success in the first folder
 * removes the files in the others, so theirs are the newer ones if times are equal. */
static void store_take_newer(struct stored *stored, struct stored *other)
{
    if (other->snapshot &&
        (!stored->snapshot || other->snapshot->fetched_at >= stored->snapshot->fetched_at)) {
        snapshot_free(stored->snapshot);
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
    store_read_folder(paths->store_folders[0], provider, stored);
    for (char **folder = paths->store_folders + 1; *folder; folder++) {
        autoclear(stored) other = {0};

        if (!folder_is_own(*folder)) /* most often it is not there */
            continue;
        store_read_folder(*folder, provider, &other);
        store_take_newer(stored, &other);
    }
}

/* Removes the file, which is most often not there, from all folders except `keeper`: this also
 * works on a full disk. */
static void store_remove(const struct paths *paths, const char *keeper, const char *name,
                         const char *suffix)
{
    for (char **folder = paths->store_folders; *folder; folder++) {
        g_autofree char *path = *folder != keeper ? store_path(*folder, name, suffix) : NULL;
        if (path && folder_is_own(*folder))
            unlink(path);
    }
}

/* What is saved. */
struct store_save_call {
    const char *name, *suffix, *text;
};

static bool store_write(const char *folder, gpointer data, GError **error)
{
    const struct store_save_call *saved = data;
    g_autofree char *path = store_path(folder, saved->name, saved->suffix);

    return file_replace(path, saved->text, strlen(saved->text), error);
}

static bool store_save(const struct paths *paths, const char *name, const char *suffix,
                       const char *text, GError **error)
{
    struct store_save_call saved = {name, suffix, text};
    const char *folder = folder_use_first(paths->store_folders, store_write, &saved, error);

    if (folder)
        store_remove(paths, folder, name, suffix);
    return folder != NULL;
}

bool store_save_snapshot(const struct paths *paths, const struct snapshot *snapshot, GError **error)
{
    g_autofree char *text = answer_format_snapshot(snapshot);

    return store_save(paths, snapshot->provider, SNAPSHOT_FILE, text, error);
}

static char *attempt_format(const char *provider, const struct attempt *attempt)
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
    json_put_time(writer, "earlyUntil", attempt->early_until);
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
    g_autofree char *text = attempt_format(provider, attempt);

    return store_save(paths, provider, ATTEMPT_FILE, text, error);
}

bool store_save_text(const struct paths *paths, const char *name, const char *text, GError **error)
{
    return store_save(paths, name, "", text, error);
}

void store_remove_text(const struct paths *paths, const char *name)
{
    store_remove(paths, NULL, name, "");
}

struct json *store_load_json(const struct paths *paths, const char *name, gsize max)
{
    g_autofree char *text = NULL;
    gsize length = 0;

    for (char **folder = paths->store_folders; *folder && !text; folder++) {
        if (folder == paths->store_folders || folder_is_own(*folder))
            text = store_read(*folder, name, "", max, &length);
    }
    return text ? json_parse(text, length, JSON_STRICT, NULL) : NULL;
}

struct store_lock_call {
    const char *name;
    int fd;
};

static bool store_lock_folder(const char *folder, gpointer data, GError **error)
{
    struct store_lock_call *lock = data;
    g_autofree char *path = store_path(folder, lock->name, LOCK_FILE);

    lock->fd = file_lock(path, error);
    return lock->fd >= 0;
}

int store_lock(const struct paths *paths, const char *provider, GError **error)
{
    struct store_lock_call lock = {provider, -1};

    folder_use_first(paths->store_folders, store_lock_folder, &lock, error);
    return lock.fd;
}
