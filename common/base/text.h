/* Text from outside, made fit to be shown: cleaned, measured, wrapped, and understood if mistyped.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Whether UTF-8 text holds only characters that draw something: no control characters, and none of
 * the invisible ones that reorder the text around them. */
bool text_is_printable(const char *text);

/* Returns a message that is safe to show, for the caller to free: valid UTF-8, each unprintable
 * character except a line break replaced by a space, without outer white space, and cut with "…"
 * after `max` characters. */
char *text_clean_message(const char *text, gsize max);

/* The same on one line: line breaks are replaced as well. */
char *text_clean_line(const char *text, gsize max);

/* The same on one line, with its outer white space. */
char *text_replace_unprintable(const char *text, gsize max);

/* Appends what text_replace_unprintable gives. */
void text_append_printable(GString *out, const char *text, gsize max);

/* Returns a text in UTF-8 of at most `max` characters, for the caller to free: one that is longer
 * ends with "…", and is cut where no letter loses its accent. */
char *text_shorten(const char *text, gsize max);

/* Compares two elements of an array of strings, for qsort and g_ptr_array_sort. */
int text_compare(gconstpointer a, gconstpointer b);

/* The columns of a text in UTF-8 in a fixed-width font: wide characters take two, combining ones
 * none. */
guint text_columns(const char *text);

/* How many of its characters take two columns. */
guint text_wide_characters(const char *text);

/* Returns the text, or as much of it as fits into so many columns with a "…" behind it, for the
 * caller to free. */
char *text_cut(const char *text, guint columns);

/* The end of the piece of a line that begins here: the next space, the next place where a line may
 * break without one, or the end of the text. */
const char *text_find_break(const char *piece);

/* Returns the text with its lines broken at `columns` where words allow it, for the caller to free.
 * A line may break between wide characters, except at punctuation. An indented line stays as it is,
 * because it is a command to be copied. */
char *text_wrap(const char *text, guint columns);

/* "Did you mean …?": returns the element of `words`, an array of strings, that begins with the
 * word, as "weekly_pct" does with "weekly"; else the one that differs least, in at most a third of
 * the word's letters, of whatever case; else NULL. */
const char *text_nearest(const char *word, const GPtrArray *words);

/* Returns "; did you mean "WORD"?", the end of a message about an unknown word, or "" if none is
 * near, for the caller to free. */
char *text_suggest(const char *word, const GPtrArray *words);
