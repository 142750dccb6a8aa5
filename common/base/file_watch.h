/* Wakes a process when one of some files may have changed, even if a file or its folders do not
 * exist yet, come and go, or are links that are exchanged. It does not tell which: the process
 * reads them all again. */
#pragma once

#include "common/base/autoptr.h"

#include <stdbool.h>

struct file_watch;

struct file_watch *file_watch_new(void);
void file_watch_free(struct file_watch *watch);
DEFINE_AUTOPTR(file_watch, file_watch_free);

/* A descriptor that becomes readable on changes; -1 if the system has none left. */
int file_watch_descriptor(const struct file_watch *watch);

/* Forgets what has happened, and watches these files (ended by NULL) from now on. "*.json" as a
 * file stands for all that end so, in a folder where files are replaced and not written in place.
 */
void file_watch_set(struct file_watch *watch, const char *const *files);

/* False if some of them can't be watched. */
bool file_watch_works(const struct file_watch *watch);

/* Reads what has happened; returns false if it concerned only other files in the same folders. */
bool file_watch_has_news(struct file_watch *watch);
