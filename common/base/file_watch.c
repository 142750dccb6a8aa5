#include "common/base/file_watch.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

/* Events when a file is replaced or removed, or its folder goes; and also those when a file is
 * written in place, or links and folders come and go. */
#define REPLACED (IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF)
#define CHANGED  (REPLACED | IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_FROM | IN_ATTRIB)

#define MAX_LINKS 40 /* as many as the kernel follows */

struct file_watch_folder {
    char *path;
    GPtrArray *names; /* that are watched for in the folder */
};

struct file_watch {
    int descriptor;
    bool works;
    GHashTable *folders; /* watch descriptor to struct file_watch_folder */
};

static void file_watch_folder_free(gpointer data)
{
    struct file_watch_folder *folder = data;

    g_free(folder->path);
    g_ptr_array_unref(folder->names);
    g_free(folder);
}

static GHashTable *file_watch_new_folders(void)
{
    return g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, file_watch_folder_free);
}

struct file_watch *file_watch_new(void)
{
    struct file_watch *watch = g_new0(struct file_watch, 1);

    watch->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    watch->folders = file_watch_new_folders();
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

bool file_watch_works(const struct file_watch *watch)
{
    return watch->works;
}

/* Watches for a name in a folder, which may be known by another path. */
static void file_watch_add_name(struct file_watch *watch, GHashTable *folders, const char *path,
                                const char *name)
{
    uint32_t events = (name[0] == '*' ? REPLACED : CHANGED) | IN_ONLYDIR | IN_MASK_ADD;
    int number = inotify_add_watch(watch->descriptor, path, events);
    struct file_watch_folder *folder = g_hash_table_lookup(folders, GINT_TO_POINTER(number));

    if (number < 0) {
        watch->works = false;
        return;
    }
    if (!folder) {
        folder = g_new0(struct file_watch_folder, 1);
        folder->path = g_strdup(path);
        folder->names = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(folders, GINT_TO_POINTER(number), folder);
    }
    g_ptr_array_add(folder->names, g_strdup(name));
}

static mode_t file_watch_get_type(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0;
}

/* The path that a link names, with `rest` appended; NULL if the link is gone. */
static char *file_watch_follow_link(const char *link, char **rest)
{
    g_autofree char *target = g_file_read_link(link, NULL);
    g_autofree char *folder = g_path_get_dirname(link);
    g_autofree char *behind = g_strjoinv("/", rest);

    return target && g_path_is_absolute(target) ? g_build_filename(target, behind, NULL)
           : target                             ? g_build_filename(folder, target, behind, NULL)
                                                : NULL;
}

/* Watches the file's folder, or if that does not exist the nearest one above it, and each link on
 * the way, because a configuration is often a link into a folder of dotfiles. Goes from the top to
 * the first link, and returns the path with that link followed; NULL if there is none. */
static char *file_watch_add_to_link(struct file_watch *watch, GHashTable *folders, const char *file)
{
    g_auto(GStrv) names = g_strsplit(file, "/", -1);
    g_autofree char *folder = g_strdup("/");

    for (char **name = names; *name; name++) {
        if (**name == '\0' || strcmp(*name, ".") == 0)
            continue;
        g_autofree char *path = strcmp(*name, "..") == 0 ? g_path_get_dirname(folder)
                                                         : g_build_filename(folder, *name, NULL);
        bool is_last = name[1] == NULL;
        mode_t type = file_watch_get_type(path);

        if (is_last || type != S_IFDIR) {
            file_watch_add_name(watch, folders, folder, *name);
            type = file_watch_get_type(path); /* it may have come before the watch */
        }
        if (type == S_IFLNK)
            return file_watch_follow_link(path, name + 1);
        if (is_last || type != S_IFDIR)
            return NULL;
        g_free(folder);
        folder = g_steal_pointer(&path);
    }
    return NULL;
}

static void file_watch_add_file(struct file_watch *watch, GHashTable *folders, const char *file)
{
    char *path = g_canonicalize_filename(file, NULL);

    for (int links = 0; path && links <= MAX_LINKS; links++) {
        char *next = file_watch_add_to_link(watch, folders, path);
        g_free(path);
        path = next;
    }
    g_free(path);
}

static void file_watch_remove_unused(const struct file_watch *watch, GHashTable *folders)
{
    GHashTableIter iterator;
    gpointer number;

    g_hash_table_iter_init(&iterator, watch->folders);
    while (g_hash_table_iter_next(&iterator, &number, NULL)) {
        if (!g_hash_table_contains(folders, number))
            inotify_rm_watch(watch->descriptor, GPOINTER_TO_INT(number));
    }
}

void file_watch_set(struct file_watch *watch, const char *const *files)
{
    GHashTable *folders;

    watch->works = watch->descriptor >= 0;
    if (!watch->works)
        return;
    /* Before the watches are renewed, so that nothing that happens afterwards is lost. */
    file_watch_has_news(watch);
    folders = file_watch_new_folders();
    for (const char *const *file = files; *file; file++)
        file_watch_add_file(watch, folders, *file);
    file_watch_remove_unused(watch, folders);
    g_hash_table_unref(watch->folders);
    watch->folders = folders;
}

static bool file_watch_matches(const struct file_watch_folder *folder, const char *name)
{
    for (guint i = 0; i < folder->names->len; i++) {
        const char *watched = folder->names->pdata[i];
        if (watched[0] == '*' ? g_str_has_suffix(name, watched + 1) : strcmp(name, watched) == 0)
            return true;
    }
    return false;
}

/* Whether a file has just been created and is still empty: an event follows when it is written. A
 * second name of a file that was written before gets no such event. */
static bool file_watch_is_unwritten(const struct file_watch_folder *folder,
                                    const struct inotify_event *event)
{
    g_autofree char *path = g_build_filename(folder->path, event->name, NULL);
    struct stat status;

    return (event->mask & IN_CREATE) && lstat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           status.st_nlink == 1;
}

static bool file_watch_is_news(const struct file_watch *watch, const struct inotify_event *event)
{
    const struct file_watch_folder *folder =
        g_hash_table_lookup(watch->folders, GINT_TO_POINTER(event->wd));

    if (event->mask & IN_Q_OVERFLOW)
        return true;
    if (!folder) /* not watched any more */
        return false;
    if (event->len == 0)
        return true;
    return file_watch_matches(folder, event->name) && !file_watch_is_unwritten(folder, event);
}

bool file_watch_has_news(struct file_watch *watch)
{
    /* The kernel's messages are structs in a row; the union aligns them. */
    union {
        struct inotify_event event;
        char bytes[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
    } buffer;
    bool news = false;
    ssize_t length;

    while ((length = read(watch->descriptor, &buffer, sizeof buffer)) > 0) {
        const struct inotify_event *event;

        for (const char *at = buffer.bytes; at < buffer.bytes + length;
             at += sizeof *event + event->len) {
            event = (const struct inotify_event *)(const void *)at;
            news = news || file_watch_is_news(watch, event);
        }
    }
    return news;
}
