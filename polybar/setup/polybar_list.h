/* A list of Polybar's modules: words in the value of a key, which may be quoted. */
#pragma once

#include "polybar/setup/polybar_files.h"

/* A word, as offsets in the file's text. */
struct polybar_word {
    gsize begin, end;
};

/* The words of a list: an array of struct polybar_word. */
GArray *polybar_list_read(struct polybar_line list);

/* The index of the word that is `name`; -1 if there is none. */
int polybar_list_find(struct polybar_line list, const GArray *words, const char *name);

/* The index before the modules that belong at the end; in a list without them 0, so that the order
 * of all others stays. */
guint polybar_list_usual_index(struct polybar_line list, const GArray *words);

/* Inserts a word before the one with this index; the number of words appends it. */
void polybar_list_insert(struct polybar_line list, const GArray *words, guint index,
                         const char *name);

/* Removes a word with the space around it; also its line, if setup has made that. */
void polybar_list_remove(struct polybar_line list, const char *name);
