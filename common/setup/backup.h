/* The copies that setup keeps of a bar's files:
 *
 * FILE.usageline-backup    the text before setup changed it
 * FILE.usageline-undone    the text before an undo that takes away changes of the user
 * FILE.usageline-original  the system's file that setup has made FILE of; without it the file was
 *                          the user's already
 *
 * If one has another text already, a number follows: FILE.usageline-backup.2 and so on. */
#pragma once

#include <glib.h>

#define SETUP_COPY_MARK ".usageline-" /* in the name of each copy */

/* The text before setup, which may have been run several times, to add again what somebody had
 * taken out: that of the newest copy that does not mention usageline, else of the oldest. NULL if
 * there is no copy; the caller frees it. */
char *setup_backup_read(const char *path);

/* The path of the backup with this text; NULL if there is none. The caller frees it, as the
 * others. */
char *setup_backup_find(const char *path, const char *text);

/* Paths for a copy of the file with this text; the newest one's, if it has that text already. */
char *setup_backup_name(const char *path, const char *text);
char *setup_backup_undone_name(const char *path, const char *text);

char *setup_backup_original_name(const char *path);
