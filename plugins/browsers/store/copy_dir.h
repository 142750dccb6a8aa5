/* A private folder (0700) for one copy at a time of a browser's files, in memory ($XDG_RUNTIME_DIR)
 * if possible. The kernel copies the files: what else is in them does not pass through this
 * process. What a killed process left behind is removed by the next one.
 *
 *     autoptr(copy_dir) dir = copy_dir_new(paths, runtime);
 *     if (copy_dir_take(dir, &sqlite_copy_method, store->path, &stamp, &changed, &error)) {
 *         … read the files in copy_dir_path(dir) …
 *         copy_dir_empty(dir);
 *     }
 */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"

#include <glib.h>
#include <stdbool.h>
#include <sys/stat.h>

#define COPY_MAX_BYTES (64 * 1024 * 1024) /* of one copy; what is larger is not read */

struct copy_dir;

/* `runtime` is $XDG_RUNTIME_DIR or NULL. NULL if no folder can be made. */
struct copy_dir *copy_dir_new(const struct paths *paths, const char *runtime);

/* Removes the folder with the copy. */
void copy_dir_free(struct copy_dir *dir);
DEFINE_AUTOPTR(copy_dir, copy_dir_free);

/* The folder's path, which belongs to `dir`. */
const char *copy_dir_path(const struct copy_dir *dir);

/* How the files of one store are copied. */
struct copy_method {
    /* A text that changes when the files do, which the caller frees, and the time of their last
     * change (microseconds since 1970). NULL and an error if they can't be listed. */
    char *(*stamp)(const char *path, gint64 *newest, GError **error);

    /* Copies the files to the folder, which is empty; calls copy_dir_add. */
    bool (*copy)(struct copy_dir *dir, const char *path, GError **error);
};

/* Copies the files as they were at one moment, trying again while the browser writes to them. Sets
 * their stamp, which the caller frees, and the time of their last change. False and an error that
 * says what is wrong with them. */
bool copy_dir_take(struct copy_dir *dir, const struct copy_method *method, const char *path,
                   char **stamp, gint64 *changed, GError **error);

/* Copies an open file to a new one of this name, and takes its size from `left` (bytes). False and
 * an error, without a name, if it is larger than that or can't be copied. */
bool copy_dir_add(struct copy_dir *dir, int from, const char *name, gsize *left, GError **error);

/* Removes the copy. */
void copy_dir_empty(struct copy_dir *dir);

/* Appends a file's name, inode, size and time to a stamp; moves `newest`. */
void copy_stamp_append(GString *stamp, const char *name, const struct stat *status, gint64 *newest);
