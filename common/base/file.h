/* Whole files, read with a limit and replaced in one step, in folders that are ours alone. Errors
 * are of USAGE_ERROR_INTERNAL and name the file and the reason. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Reads a regular file of at most `max` bytes. Returns a NUL-terminated copy for the caller to free
 * (secret_wipe, if it may hold a secret). A file that is not there gives NULL without an error. */
char *file_read(const char *path, gsize max, gsize *length, GError **error);

/* The same; also NULL for a file that belongs to somebody else, or can't be read. */
char *file_read_own(const char *path, gsize max, gsize *length);

/* Replaces the file by `length` bytes, mode 0600: a reader sees the old file or the new one, even
 * if this process is killed or the machine stops. Callers that may run at once hold a lock. */
bool file_replace(const char *path, const char *data, gsize length, GError **error);

/* Writes all to a descriptor; waits where it does not block and has no room. Sets errno on failure.
 */
bool file_write_all(int fd, const void *data, gsize length);

/* Whether it is a folder that belongs to this user, by a name of this user's: in /tmp anybody could
 * have made a symbolic link. */
bool folder_is_own(const char *path);

/* Makes the folder and its parents, mode 0700; refuses one that belongs to somebody else. */
bool folder_make_private(const char *path, GError **error);

/* Makes each of the folders private in turn and calls `use` with it, until one call succeeds.
 * Returns that folder, of `folders`; NULL and the error of the first folder if none serves. */
const char *folder_use_first(char *const *folders,
                             bool (*use)(const char *folder, gpointer data, GError **error),
                             gpointer data, GError **error);

/* Waits for an exclusive lock on the file, which is made if needed. Gives a descriptor that holds
 * the lock until it is closed or the process ends, -1 on failure. */
int file_lock(const char *path, GError **error);
