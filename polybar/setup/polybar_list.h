/* A list of modules of Polybar: words in the value of a key, which may be quoted. */
#pragma once

#include "polybar/setup/polybar_files.h"

/* A word; offsets of the file's text. */
struct word {
    gsize begin, end;
};

/* The words: an array of struct word. */
GArray *polybar_list_read(struct polybar_line list);

/* The index of the word that is `name`; -1 if there is none. */
int polybar_list_find(struct polybar_line list, const GArray *words, const char *name);

/* Before the modules that belong at the end; in a list without them at its beginning, so that the
 * order of all others stays. */
guint polybar_list_usual_index(struct polybar_line list, const GArray *words);

/* Puts a word before that of this index; the number of words puts it at the end. */
void polybar_list_insert(struct polybar_line list, const GArray *words, guint index,
                         const char *name);

/* Takes a word out with the space that sets it off; with its line, if setup has made that. */
void polybar_list_remove(struct polybar_line list, const char *name);
