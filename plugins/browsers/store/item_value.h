/* The values of items of localStorage, as browsers write them. */
#pragma once

#include "plugins/browsers/store/session_store.h"

enum item_fault {
    ITEM_OTHER_FORM, /* not what a browser writes */
    ITEM_TOO_LARGE,
    ITEM_NO_SNAPPY, /* this build can't expand it */
};

/* Chromium's (content/browser/dom_storage, "DOMStorage" format 1): a byte, 0 for UTF-16LE and 1 for
 * Latin-1, then the text. Sets the row's data as UTF-8, or its fault. */
void item_value_take_chromium(struct session_row *row, const void *data, gsize length);

/* Firefox's: conversion 0 is UTF-16LE and 1 UTF-8; compression 0 is none and 1 raw Snappy. */
void item_value_take_firefox(struct session_row *row, gint64 conversion, gint64 compression,
                             const void *data, gsize length);

void item_value_set_fault(struct session_row *row, enum item_fault fault);

/* Why this build can't expand compressed values; NULL: it can. */
extern const char *const snappy_missing;
