/* INI files as bars have them, read into lines that know their offsets, so that a section can be
 * added or removed while all the rest stays as it is, byte for byte. Lines that begin with "#" or
 * ";" are comments; spaces around lines, names and values do not count.
 *
 *     g_autoptr(GArray) lines = ini_read(file->text);
 *     int header = ini_find_section(lines, "clock");
 *     if (header >= 0)
 *         ini_insert_before(file, lines, (guint)header, "[new]\nkey=value"); */
#pragma once

#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

enum ini_kind {
    INI_EMPTY,
    INI_COMMENT,
    INI_SECTION,
    INI_KEY,
    INI_OTHER, /* a bar would not understand it */
};

struct ini_line {
    enum ini_kind kind;
    gsize begin, end;             /* without the line break */
    gsize value_begin, value_end; /* of a key */
    char *section;                /* that the line is in, or begins; NULL before the first */
    char *key;
};

/* The lines of a text: an array of struct ini_line, which frees what it owns. */
GArray *ini_read(const char *text);
const struct ini_line *ini_at(const GArray *lines, guint index);

/* The index of this section's header; -1 if there is none. */
int ini_find_section(const GArray *lines, const char *section);

/* The last line of this header's section that is neither empty nor a comment; the header itself if
 * there is none. */
guint ini_last_line(const GArray *lines, guint header);

/* The last line in the section with this key; -1 if there is none. */
int ini_find_key(const GArray *lines, const char *section, const char *key);

/* The value of a key's line; the caller frees it. */
char *ini_value(const char *text, const struct ini_line *line);

/* Whether a line with this key, in any section, has `part` in its value. */
bool ini_mentions(const char *text, const GArray *lines, const char *key, const char *part);

/* Insert a section (lines separated by "\n", none at the end): before the section of this header
 * and its comments, behind it, or at the end of the text. The empty lines between are as many as
 * most of the sections have. */
void ini_insert_before(struct setup_file *file, const GArray *lines, guint header,
                       const char *section);
void ini_insert_behind(struct setup_file *file, const GArray *lines, guint header,
                       const char *section);
void ini_append(struct setup_file *file, const GArray *lines, const char *section);

/* Removes the section of this header with as many empty lines as the insertions add. */
void ini_remove(struct setup_file *file, const GArray *lines, guint header);

/* Whether the section of this header is still the one that was inserted. */
bool ini_is_as_made(const struct setup_file *file, const GArray *lines, guint header,
                    const char *definition);

/* Whether setup has added the section of this header: the file's backup does not have it, or,
 * without a backup, it is as in `definition`. */
bool ini_is_added(const struct setup_file *file, const GArray *lines, guint header,
                  const char *definition);

/* Whether `after` has the same lines as `before`, apart from empty ones, those of this section, and
 * the word `name` in the values of keys. */
bool ini_differs_only_by(const char *before, const char *after, const char *section,
                         const char *name);
