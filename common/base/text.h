/* Text from outside, made fit to be shown: what is printable, and what a long or dirty message
 * becomes. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Whether UTF-8 text holds only characters that draw something: no control characters, and none of
 * the invisible ones that reorder the text around them. */
bool text_is_printable(const char *text);

/* A message made safe to show: valid UTF-8, each unprintable character but a line break replaced
 * by a space, outer white space stripped, at most `max` characters with "…" for the rest. The
 * caller frees it. */
char *text_clean_message(const char *text, gsize max);

/* The same on one line. */
char *text_clean_line(const char *text, gsize max);

/* The same on one line, but with its outer white space. */
char *text_replace_unprintable(const char *text, gsize max);

/* Appends what text_replace_unprintable gives. */
void text_append_printable(GString *out, const char *text, gsize max);

/* Compares two elements of an array of strings, for qsort and g_ptr_array_sort. */
int text_compare(gconstpointer a, gconstpointer b);

/* Columns that the text, which must be UTF-8, takes in a fixed-width font: wide characters take
 * two, combining none. */
guint text_columns(const char *text);

/* How many of its characters are wide ones. */
guint text_wide_characters(const char *text);

/* The text with line breaks put in so that no line has more than `columns`, where words allow it;
 * between wide characters they always do, but for punctuation.
 * Line breaks that are there stay, and so does a line that is indented: it is a command to be
 * copied as it is. The caller frees it. */
char *text_wrap(const char *text, guint columns);
