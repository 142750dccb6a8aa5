/* JSON as people write it for Waybar (comments, commas at the end), read into a tree that knows
 * where in the text each value stands, so that a value can be added to the text or taken out of it
 * and all the rest stays as it is, byte for byte. */
#pragma once

#include "common/base/autoptr.h"
#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

enum jsonc_type {
    JSONC_OBJECT,
    JSONC_ARRAY,
    JSONC_STRING,
    JSONC_OTHER, /* a number, true, false, null */
};

struct jsonc {
    enum jsonc_type type;
    gsize first;         /* offset where it begins; that of its key, if it has one */
    gsize begin, end;    /* offsets of the value itself: [begin, end) */
    char *key;           /* of a member of an object */
    char *string;        /* of a string */
    GPtrArray *children; /* of an object or an array: struct jsonc */
};

/* Reads a text. NULL and a USAGE_ERROR_PAYLOAD that begins with "line N: " if it is no JSON. */
struct jsonc *jsonc_parse(const char *text, GError **error);
void jsonc_free(struct jsonc *json);
DEFINE_AUTOPTR(jsonc, jsonc_free);

/* The member of an object, of equal keys the last; NULL if there is none or this is no object. */
const struct jsonc *jsonc_get(const struct jsonc *object, const char *key);

/* The first element that is this string; -1 if there is none or this is no array. */
int jsonc_find(const struct jsonc *array, const char *string);

/* Whether values stand on lines of their own, rather than behind one another. */
bool jsonc_is_on_lines(const char *text, const struct jsonc *holder);

/* Puts `item`, a value or `"key": value`, before this child of an array or object; an index equal
 * to the number of children puts it at the end. The lines of an item get the indentation of its
 * place; within it four spaces stand for the indentation that the text uses. */
void jsonc_insert(struct setup_file *file, const struct jsonc *holder, guint index,
                  const char *item);

/* Takes `count` children out, with their commas and, if they have them for themselves, their
 * lines. */
void jsonc_remove(struct setup_file *file, const struct jsonc *holder, guint index, guint count);

/* White space and comments from this offset on: the offset behind them. */
gsize jsonc_skip(const char *text, gsize at);
