/* Files and folders of somebody else's, read without a trace: not even the time of the last access
 * changes. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Opens a regular file of this user for reading; a FIFO, a folder or a loop of symbolic links is an
 * error like any other. -1 and an error that says what is wrong with it, but not its name. */
int quiet_open(const char *path, GError **error);

/* The same for a folder, in which quiet_open_in then opens files by their plain names; a symbolic
 * link in the place of such a file is an error. */
int quiet_open_folder(const char *path, GError **error);
int quiet_open_in(int folder, const char *name, GError **error);

/* The text of a file of at most `max` bytes, for the caller to wipe if it may hold a secret. NULL
 * without an error if there is no such file; else an error that says what is wrong with it, but not
 * its name. */
char *quiet_read(const char *path, gsize max, gsize *length, GError **error);

/* The names of the folders in a folder, without hidden ones, at most `max`; g_strfreev. `prefix`
 * NULL: any. Empty if there is no such folder. Of a folder with very many entries only the first
 * QUIET_MAX_ENTRIES are looked at. */
#define QUIET_MAX_ENTRIES 65536
char **quiet_list_folders(const char *path, const char *prefix, guint max);
