/* What a setup would change: files with edits of their texts, so that all else in a text stays as
 * it is, byte for byte. Nothing is written here (see apply.h). Errors are of kind config and name
 * the file.
 *
 *     autoptr(setup_plan) plan = setup_plan_new();
 *     struct setup_file *file = setup_plan_read(plan, path, &error);
 *     if (file)
 *         setup_file_insert(file, offset, text);
 */
#pragma once

#include "common/base/autoptr.h"
#include "common/setup/edit.h"

#include <glib.h>
#include <stdbool.h>

/* A file of the plan, to which it belongs. Offsets are bytes of `text`. */
struct setup_file {
    char *path;     /* as the bar knows it */
    char *target;   /* the file to be written: `path` with symbolic links followed */
    char *text;     /* before the edits */
    char *original; /* of a new file: the system's file that `text` is a copy of, or NULL */
    char *backup;   /* the text before an earlier setup, see backup.h; or NULL */
    char *obstacle; /* why it can't be changed, or NULL */
    char *maker;    /* what shows that a program makes it, see maker.h; or NULL */
    bool is_there;
    bool is_deleted;         /* by this plan */
    bool is_changed_by_user; /* what the edits of an undo remove */
    GArray *edits;           /* of `text`, see edit.h */
};

struct setup_plan {
    GPtrArray *files; /* of struct setup_file */
    GPtrArray *notes; /* of strings: what the user should know */
    gsize spent;      /* see setup_plan_spend */
    bool has_module;  /* a bar has the module without this plan, though another may lack it */
};

struct setup_plan *setup_plan_new(void);
void setup_plan_free(struct setup_plan *plan);
DEFINE_AUTOPTR(setup_plan, setup_plan_free);

G_GNUC_PRINTF(2, 3)
void setup_plan_note(struct setup_plan *plan, const char *format, ...);

/* Counts work that a configuration asks for: bytes to be read or looked through. False once that is
 * more than any real configuration needs: then no more should be done. Reading a file counts each
 * time, as files may include each other. */
bool setup_plan_spend(struct setup_plan *plan, gsize bytes);

/* False and an error that names `path` if too much has been spent. */
bool setup_plan_has_budget(const struct setup_plan *plan, const char *path, GError **error);

/* The file at this path, which is read only once. NULL without an error if it is not there. One
 * that may not be changed has an obstacle. */
struct setup_file *setup_plan_read(struct setup_plan *plan, const char *path, GError **error);

/* A file that is not there yet. It begins as a copy of the system's file `original`, or, if that is
 * NULL, empty. */
struct setup_file *setup_plan_add(struct setup_plan *plan, const char *path, const char *original,
                                  GError **error);

/* Edit the text. Insertions at one offset keep the order of the calls. */
void setup_file_insert(struct setup_file *file, gsize at, const char *text);
void setup_file_remove(struct setup_file *file, gsize begin, gsize end);

/* The edited text; the caller frees it. */
char *setup_file_result(const struct setup_file *file);

/* Whether the plan edits or deletes the file. */
bool setup_file_is_changed(const struct setup_file *file);

/* Notes which of the files that the plan changes a program makes; whether there is one. */
bool setup_plan_note_makers(struct setup_plan *plan);

/* False and an error if a file that the plan changes has an obstacle, or too much has been spent.
 */
bool setup_plan_is_allowed(const struct setup_plan *plan, GError **error);
