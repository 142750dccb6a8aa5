/* localStorage as browsers of Chromium's family write it, made by LevelDB itself. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* One entry of the database. */
struct level_item {
    const char *origin; /* NULL: ORIGIN of store_maker.h */
    const char *key;    /* NULL: ITEM */
    const char *data;   /* with the byte that tells its form; NULL: "\1" and `text` */
    gsize length;
    const char *text;
};

/* Writes items into the database in the folder (absolute), which is made if needed; they are in its
 * log after that, or, with `compact`, in a table. */
void level_make(const char *folder, const struct level_item *items, gsize count, bool compact);

/* Fills the database with so many bytes that can't be compressed, as of many sites. */
void level_fill(const char *folder, gsize bytes);
