/* What a setup would change: files with their texts, and changes of them by offset, so that all
 * else in a text stays as it is, byte for byte. Nothing is written here (apply.h). Errors are of
 * kind config and name the file.
 *
 *     autoptr(setup_plan) plan = setup_plan_new();
 *     struct setup_file *file = setup_plan_read(plan, path, &error);
 *     if (file)
 *         setup_file_insert(file, offset, text);
 */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

/* A file of the plan, to which it belongs. Offsets are bytes of `text`. */
struct setup_file {
    char *path;     /* as the bar knows it */
    char *target;   /* the file to be written: `path` with symbolic links followed */
    char *text;     /* before the changes */
    char *original; /* the system's file that `text` is a copy of, or NULL */
    char *backup;   /* the text of the newest backup of an earlier setup, or NULL */
    char *obstacle; /* why it can't be changed, or NULL */
    bool is_there;
    bool is_deleted; /* by this plan */
    GArray *changes; /* of the text, private to the plan */
};

struct setup_plan {
    GPtrArray *files; /* of struct setup_file */
    GPtrArray *notes; /* of strings: what the user should know */
};

struct setup_plan *setup_plan_new(void);
void setup_plan_free(struct setup_plan *plan);
DEFINE_AUTOPTR(setup_plan, setup_plan_free);

G_GNUC_PRINTF(2, 3)
void setup_plan_note(struct setup_plan *plan, const char *format, ...);

/* The file at this path, which is read only once. NULL without an error if it is not there. One
 * that may not be changed has an obstacle. */
struct setup_file *setup_plan_read(struct setup_plan *plan, const char *path, GError **error);

/* A file that is not there yet. It begins as a copy of the system's file `original`, or, if that is
 * NULL, empty. */
struct setup_file *setup_plan_add(struct setup_plan *plan, const char *path, const char *original,
                                  GError **error);

/* Changes of a file; several at one offset are made in the order of the calls. */
void setup_file_insert(struct setup_file *file, gsize at, const char *text);
void setup_file_remove(struct setup_file *file, gsize begin, gsize end);

/* The text with its changes; the caller frees it. */
char *setup_file_result(const struct setup_file *file);

/* The text's line break: "\n" or "\r\n". */
const char *setup_line_break(const char *text);

/* Whether two texts differ in nothing but white space. */
bool setup_texts_are_alike(const char *a, const char *b);
