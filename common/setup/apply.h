/* Carries a plan out: writes all of its files, or none.
 *
 *     g_autoptr(GPtrArray) writes = setup_writes_new(plan, false);
 *     if (!setup_writes_apply(writes, &error))
 *         … each write with `is_stuck` could not be undone
 */
#pragma once

#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

/* One file to be made, changed or deleted. `path`, `target` and `before` belong to the plan. */
struct setup_write {
    const char *path;   /* as the user knows it */
    const char *target; /* the file to be written: `path` with its symbolic links followed */
    const char *before; /* NULL: the file does not exist */
    char *after;        /* NULL: the file is deleted */
    GArray *edits;      /* that make `after` of `before`, each "" if it is NULL */
    char *backup;       /* the copy to keep of `before`, or NULL */
    char *original; /* the copy of the system's file, for a new file that is made of it; or NULL */
    const char *original_text;
    GPtrArray *obsolete; /* of strings: the copies that are deleted once all is written */
    bool is_private;     /* a new file that only the user can read, as the original is */
    bool is_restored;    /* `after` is the text of a backup */
    bool is_stuck;       /* setup_writes_apply failed and could not take this write back */
};

/* What the plan, which must outlive it, changes: an array of struct setup_write. With `is_undo` the
 * edits are fitted to what was there before (fit.h), and a file that setup has made is deleted if
 * nothing of the user stays in it. */
GPtrArray *setup_writes_new(const struct setup_plan *plan, bool is_undo);

/* Writes all files; if one fails, takes back those before it. A file that has changed since it was
 * read is a failure. */
bool setup_writes_apply(const GPtrArray *writes, GError **error);
