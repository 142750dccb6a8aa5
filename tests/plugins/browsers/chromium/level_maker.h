/* Makes localStorage as browsers of Chromium's family write it, by LevelDB itself. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* One entry of the database. */
struct level_item {
    const char *origin; /* NULL: ORIGIN of store_maker.h */
    const char *key;    /* NULL: ITEM */
    const char *data;   /* with the byte of its encoding; NULL: "\1" and `text` */
    gsize length;
    const char *text;
};

/* Writes items to the database in a folder (absolute), which is made if needed: to its log, or,
 * with `compact`, to a table. */
void level_make(const char *folder, const struct level_item *items, gsize count, bool compact);

/* Fills the database with items of many sites: this many bytes, which can't be compressed. */
void level_fill(const char *folder, gsize bytes);
