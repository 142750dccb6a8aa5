/* Texts of configurations, and changes of them by offset. */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define SETUP_MAX_TEXT ((gsize)1024 * 1024) /* bytes of a configuration */

/* `removed` bytes from the offset `at` on are replaced by `inserted`. */
struct setup_edit {
    gsize at;
    gsize removed;
    char *inserted;
};

/* An empty array of struct setup_edit, which frees what it owns. */
GArray *setup_edits_new(void);

/* Adds an edit; the array stays sorted by offset, and edits at one offset keep their order. */
void setup_edits_add(GArray *edits, gsize at, gsize removed, const char *inserted);

/* Appends the text from the offset `done` up to this edit, and what it inserts; moves `done` behind
 * what it removes. */
void setup_edit_apply(const struct setup_edit *edit, const char *text, gsize *done,
                      GString *result);

/* The text with these edits; the caller frees it. */
char *setup_edits_apply(const GArray *edits, const char *text);

/* The contents of a file, which the caller frees. NULL without an error if there is no file; errors
 * if it can't be read, is too large for a bar's configuration, or is no text. */
char *setup_text_read(const char *path, GError **error);

/* The offset behind the byte order mark with which the text may begin. */
gsize setup_skip_mark(const char *text);

/* The text's line break: "\n" or "\r\n". */
const char *setup_line_break(const char *text);

/* Whether two texts differ in nothing but white space. */
bool setup_texts_are_alike(const char *a, const char *b);

/* Whether the text differs from the one that was made in nothing but white space out of double
 * quotes, and in how usageline is called (command.h). */
bool setup_text_is_as_made(const char *text, const char *made);
