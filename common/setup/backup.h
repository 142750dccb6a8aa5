/* The copies of a bar's files that setup keeps before it changes them: FILE.usageline-backup, or,
 * if that is another text already, FILE.usageline-backup.2 and so on. */
#pragma once

#include <glib.h>

/* The text of the newest one of this file, or NULL; the caller frees it. */
char *setup_backup_newest(const char *path);

/* The names of all, oldest first, NULL at the end; g_strfreev. */
char **setup_backup_list(const char *path);

/* The name under which this text is to be kept, which may have it already; the caller frees it. */
char *setup_backup_name(const char *path, const char *text);
