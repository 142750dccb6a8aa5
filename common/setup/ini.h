/* INI files as bars have them, read into lines that know where in the text they stand, so that a
 * section can be added or taken out and all the rest stays as it is, byte for byte. Lines that
 * begin with "#" or ";" are comments; spaces around lines, names and values do not count. */
#pragma once

#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

enum ini_kind {
    INI_EMPTY,
    INI_COMMENT,
    INI_SECTION,
    INI_KEY,
    INI_OTHER, /* what a bar would not understand */
};

struct ini_line {
    enum ini_kind kind;
    gsize begin, end;             /* without the line break */
    gsize value_begin, value_end; /* of a key */
    char *section;                /* in which it is; NULL before the first */
    char *key;
};

/* The lines of a text: an array of struct ini_line that frees what it owns. */
GArray *ini_read(const char *text);
const struct ini_line *ini_at(const GArray *lines, guint index);

/* The header of this section; -1 if there is none. */
int ini_find_section(const GArray *lines, const char *section);

/* The last line that says something in the section whose header this is; the header, if none does.
 */
guint ini_last_line(const GArray *lines, guint header);

/* The line of this key of the section, the last if there are several; -1 if there is none. */
int ini_find_key(const GArray *lines, const char *section, const char *key);

/* The value of a line of a key; the caller frees it. */
char *ini_value(const char *text, const struct ini_line *line);

/* Put a section (lines separated by "\n", without one at the end) before that of this header with
 * its comments, behind this line, or at the end of the text. */
void ini_insert_before(struct setup_file *file, const GArray *lines, guint header,
                       const char *section);
void ini_insert_behind(struct setup_file *file, const GArray *lines, guint line,
                       const char *section);
void ini_append(struct setup_file *file, const char *section);

/* Takes out the section of this header with the empty lines that set it off. */
void ini_remove(struct setup_file *file, const GArray *lines, guint header);

/* The section's text from its header to the last line that says something; the caller frees it. */
char *ini_section_text(const char *text, const GArray *lines, guint header);

/* Whether `after` has the same lines as `before` but for empty ones, those of this section, and the
 * word `name` in the values of keys. */
bool ini_differs_only_by(const char *before, const char *after, const char *section,
                         const char *name);
