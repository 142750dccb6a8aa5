/* Wakes a process when one of some files may have changed, also if the file or its folders are not
 * there yet or come and go, or are links that are exchanged. It does not say which: whoever wakes
 * reads them all again. */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

struct file_watch;

struct file_watch *file_watch_new(void);
void file_watch_free(struct file_watch *watch);
DEFINE_AUTOPTR(file_watch, file_watch_free);

/* A descriptor that becomes readable; -1 if the system has none left. */
int file_watch_descriptor(const struct file_watch *watch);

/* Forgets what has happened, and watches these files from now on (ended by NULL): what happens to
 * them later makes the descriptor readable. "*.json" in a file's place are all that end so, in a
 * folder where files are not written in place but replaced. */
void file_watch_set(struct file_watch *watch, const char *const *files);

/* False if some of them can't be watched. */
bool file_watch_works(const struct file_watch *watch);

/* Reads what has happened; false if it was about other files in the same folders. */
bool file_watch_has_news(struct file_watch *watch);
