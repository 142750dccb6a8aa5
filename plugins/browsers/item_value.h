/* The values of items of localStorage, as browsers write them. */
#pragma once

#include "plugins/browsers/browser_store.h"

enum item_fault {
    ITEM_NONE,
    ITEM_OTHER_FORM, /* not what a browser writes */
    ITEM_TOO_LARGE,
    ITEM_NO_SNAPPY, /* this build can't expand it */
};

/* Chromium's (content/browser/dom_storage, "DOMStorage" format 1): a byte, 0 for UTF-16LE and 1 for
 * Latin-1, then the text. Fills the row's data with UTF-8, or its fault. */
void item_value_take_chromium(struct session_row *row, const void *data, gsize length);

/* Firefox's: conversion 0 is UTF-16LE and 1 UTF-8; compression 0 is none and 1 raw Snappy. */
void item_value_take_firefox(struct session_row *row, gint64 conversion, gint64 compression,
                             const void *data, gsize length);

/* Notes why there is no value. */
void item_value_set_fault(struct session_row *row, enum item_fault fault);

/* Why this build can't expand compressed values; NULL: it can. */
extern const char *const snappy_missing;

/* Expands raw Snappy to a new block, which the caller wipes and frees; NULL and what is wrong with
 * it. What would be larger than SESSION_MAX_VALUE is not tried. */
char *snappy_expand(const void *data, gsize length, gsize *expanded, enum item_fault *fault);
