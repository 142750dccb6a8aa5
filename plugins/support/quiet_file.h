/* Files and folders of other programs, read without a trace: not even the time of the last access
 * changes. An error says what is wrong with a file, but not its name. */
#pragma once

#include <glib.h>

/* Opens a regular file of this user for reading. Returns -1 and sets an error for anything else,
 * such as a FIFO, a folder or a loop of symbolic links. */
int quiet_open(const char *path, GError **error);

/* The same for a folder, in which quiet_open_in opens a file by its plain name; that file must not
 * be a symbolic link. */
int quiet_open_folder(const char *path, GError **error);
int quiet_open_in(int folder, const char *name, GError **error);

/* Returns the text of a file of at most `max` bytes, for the caller to free (secret_wipe, if it may
 * hold a secret). NULL without an error if there is no such file. */
char *quiet_read(const char *path, gsize max, gsize *length, GError **error);

/* Returns the sorted names of the folders in a folder, except hidden ones, at most `max`; freed by
 * g_strfreev. `prefix` NULL: any name. Empty if there is no such folder. Only the first
 * QUIET_MAX_ENTRIES entries are looked at. */
#define QUIET_MAX_ENTRIES 65536
char **quiet_list_folders(const char *path, const char *prefix, guint max);
