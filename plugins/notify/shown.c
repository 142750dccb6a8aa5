#include "plugins/notify/shown.h"

#include "common/base/file.h"
#include "common/base/json.h"
#include "common/base/json_writer.h"

#include <string.h>
#include <unistd.h>

#define MAX_BYTES (64 * 1024) /* of the file */
#define MAX_SHOWN 64          /* the oldest are forgotten */
/* With a dot, which no provider's id has: no file of the store is called so. */
#define FILE_NAME "notifications.shown.json"
#define LOCK_NAME "notifications.lock"

struct shown {
    char *server;
    char *path;        /* NULL: nothing can be stored */
    struct json *json; /* what is known of this server, or NULL */
    int lock;
};

/* Takes the folder if it can be locked. The caller ignores errors: a notification that can't
 * replace an earlier one is still shown. */
static bool shown_take_folder(const char *folder, gpointer data, GError **error)
{
    struct shown *shown = data;
    g_autofree char *lock = g_build_filename(folder, LOCK_NAME, NULL);

    if (access(folder, W_OK) != 0)
        return false;
    shown->lock = file_lock(lock, error);
    if (shown->lock >= 0)
        shown->path = g_build_filename(folder, FILE_NAME, NULL);
    return shown->lock >= 0;
}

/* The best folder: its files end with the session, as the server does. */
static bool shown_take_runtime_folder(struct shown *shown)
{
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");

    if (!runtime || !g_path_is_absolute(runtime))
        return false;
    g_autofree char *folder = g_build_filename(runtime, "usageline", NULL);
    char *const folders[] = {folder, NULL};
    return folder_use_first(folders, shown_take_folder, shown, NULL);
}

static struct json *shown_load(const char *path, const char *server)
{
    gsize length = 0;
    g_autofree char *text = path ? file_read(path, MAX_BYTES, &length, NULL) : NULL;
    autoptr(json) json = text ? json_parse(text, length, JSON_STRICT, NULL) : NULL;

    if (g_strcmp0(json_string(json_get(json, "server")), server) != 0)
        return NULL;
    return g_steal_pointer(&json);
}

struct shown *shown_open(const struct paths *paths, const char *server)
{
    struct shown *shown = g_new0(struct shown, 1);

    shown->server = g_strdup(server);
    shown->lock = -1;
    if (!shown_take_runtime_folder(shown))
        folder_use_first(paths->store_folders, shown_take_folder, shown, NULL);
    shown->json = shown_load(shown->path, server);
    return shown;
}

static guint32 shown_read_number(const struct json *json)
{
    double number = 0;

    if (!json_number(json, &number) || number < 1 || number > G_MAXUINT32)
        return 0;
    return (guint32)number;
}

guint32 shown_number(const struct shown *shown, const char *id)
{
    return shown_read_number(json_get(json_get(shown->json, "numbers"), id));
}

void shown_add(struct shown *shown, const char *id, guint32 number)
{
    const struct json *before = json_get(shown->json, "numbers");
    struct json_writer *writer;

    if (!shown->path || (number == shown_number(shown, id)))
        return;
    writer = json_writer_new(FALSE);
    json_open_object(writer, NULL);
    json_put_string(writer, "server", shown->server);
    json_open_object(writer, "numbers");
    json_put_integer(writer, id, number);
    for (guint i = 0; i < MIN(json_length(before), MAX_SHOWN - 1); i++) {
        const char *key = json_key_at(before, i);
        guint32 known = shown_read_number(json_at(before, i));

        if (known > 0 && strcmp(key, id) != 0)
            json_put_integer(writer, key, known);
    }
    json_close_object(writer);
    json_close_object(writer);
    g_autofree char *text = json_writer_finish(writer);
    file_replace(shown->path, text, strlen(text), NULL); /* see shown_take_folder */
}

void shown_close(struct shown *shown)
{
    if (shown->lock >= 0)
        close(shown->lock);
    json_free(shown->json);
    g_free(shown->path);
    g_free(shown->server);
    g_free(shown);
}
