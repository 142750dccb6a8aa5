/* The copies of a bar's files that setup keeps before it changes them: FILE.usageline-backup, or,
 * if that has another text, FILE.usageline-backup.2 and so on. */
#pragma once

#include <glib.h>

/* The text of the file's newest backup, or NULL; the caller frees it. */
char *setup_backup_newest(const char *path);

/* The paths of all backups of the file, oldest first, ended by NULL; g_strfreev. */
char **setup_backup_list(const char *path);

/* The path for a backup of the file with this text; the newest backup, if it has that text already.
 * The caller frees it. */
char *setup_backup_name(const char *path, const char *text);
