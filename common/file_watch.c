#include "common/file_watch.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* A file is written in place, or replaced, or removed; its folder goes. */
#define CHANGES (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)
#define GONE    (IN_DELETE_SELF | IN_MOVE_SELF)
/* What is not there may come. */
#define ARRIVALS (IN_CREATE | IN_MOVED_TO)

struct file_watch {
    int descriptor;
    GHashTable *folders; /* path to watch descriptor */
};

struct file_watch *file_watch_new(void)
{
    struct file_watch *watch = g_new0(struct file_watch, 1);

    watch->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    watch->folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return watch;
}

void file_watch_free(struct file_watch *watch)
{
    if (!watch)
        return;
    if (watch->descriptor >= 0)
        close(watch->descriptor);
    g_hash_table_unref(watch->folders);
    g_free(watch);
}

int file_watch_descriptor(const struct file_watch *watch)
{
    return watch->descriptor;
}

/* Adds the folder with what happens in it that matters; false if it is not there. */
static bool add_folder(const struct file_watch *watch, GHashTable *folders, const char *folder,
                       uint32_t events)
{
    int number =
        inotify_add_watch(watch->descriptor, folder, events | GONE | IN_MASK_ADD | IN_ONLYDIR);

    if (number < 0)
        return false;
    g_hash_table_replace(folders, g_strdup(folder), GINT_TO_POINTER(number));
    return true;
}

/* The file's folder, or the nearest one above it that is there. */
static void add_file(const struct file_watch *watch, GHashTable *folders, const char *file)
{
    char *folder = g_path_get_dirname(file);
    uint32_t events = CHANGES;

    while (!add_folder(watch, folders, folder, events) && strcmp(folder, "/") != 0) {
        char *above = g_path_get_dirname(folder);
        g_free(folder);
        folder = above;
        events = ARRIVALS;
    }
    g_free(folder);
}

/* A configuration is often a link into a folder of dotfiles: both ends may change. */
static void add_file_and_target(const struct file_watch *watch, GHashTable *folders,
                                const char *file)
{
    char target[PATH_MAX];

    add_file(watch, folders, file);
    if (realpath(file, target) && strcmp(target, file) != 0)
        add_file(watch, folders, target);
}

/* Whether a watch of the old table is in use still: two paths may be one folder. */
static bool is_in_use(GHashTable *folders, gpointer number)
{
    GHashTableIter iterator;
    gpointer value;

    g_hash_table_iter_init(&iterator, folders);
    while (g_hash_table_iter_next(&iterator, NULL, &value)) {
        if (value == number)
            return true;
    }
    return false;
}

static void remove_unused(const struct file_watch *watch, GHashTable *folders)
{
    GHashTableIter iterator;
    gpointer number;

    g_hash_table_iter_init(&iterator, watch->folders);
    while (g_hash_table_iter_next(&iterator, NULL, &number)) {
        if (!is_in_use(folders, number))
            inotify_rm_watch(watch->descriptor, GPOINTER_TO_INT(number));
    }
}

static void forget_events(const struct file_watch *watch)
{
    char events[4096];

    while (read(watch->descriptor, events, sizeof events) > 0)
        continue;
}

void file_watch_set(struct file_watch *watch, const char *const *files)
{
    GHashTable *folders;

    if (watch->descriptor < 0)
        return;
    /* Before the watches are renewed: what happens after that must not be lost. */
    forget_events(watch);
    folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const char *const *file = files; *file; file++)
        add_file_and_target(watch, folders, *file);
    remove_unused(watch, folders);
    g_hash_table_unref(watch->folders);
    watch->folders = folders;
}
