/* Whole files, read with a limit and replaced in one step, in folders that nobody else can change.
 * Errors are of kind internal and name the file and the reason.
 *
 *     gsize length = 0;
 *     g_autofree char *text = file_read(path, MAX_BYTES, &length, &error);
 *
 *     if (!text && !error)
 *         … there is no such file … */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Reads a regular file of at most `max` bytes. Returns a NUL-terminated copy for the caller to free
 * (secret_wipe, if it may hold a secret). A file that is not there gives NULL without an error. */
char *file_read(const char *path, gsize max, gsize *length, GError **error);

/* The same, but any failure gives NULL, and so does a file that belongs to another user. */
char *file_read_own(const char *path, gsize max, gsize *length);

/* Replaces the file by `length` bytes, mode 0600. A reader sees either the old file or the new one,
 * even if this process is killed or the machine stops. Callers that may run at the same time must
 * hold a lock. */
bool file_replace(const char *path, const char *data, gsize length, GError **error);

/* Reads from a descriptor until its end or `max` bytes. Returns how many, or -1 and errno. */
gssize file_read_all(int fd, char *buffer, gsize max);

/* Writes all to a descriptor, and waits if it is non-blocking and full. Returns false and sets
 * errno on failure. */
bool file_write_all(int fd, const void *data, gsize length);

/* Whether it is a folder of this user. A symbolic link must be this user's as well: in /tmp anybody
 * can make one. */
bool folder_is_own(const char *path);

/* Creates the folder and its parents, mode 0700; refuses one that belongs to another user. */
bool folder_make_private(const char *path, GError **error);

/* Makes each of the folders private in turn and calls `use` with it, until one call succeeds.
 * Returns that folder, of `folders`; NULL and the error of the first folder if none serves. */
const char *folder_use_first(char *const *folders,
                             bool (*use)(const char *folder, gpointer data, GError **error),
                             gpointer data, GError **error);

/* Waits for an exclusive lock on the file, which is created if needed. Returns a descriptor that
 * holds the lock until it is closed or the process ends; -1 on failure. */
int file_lock(const char *path, GError **error);
