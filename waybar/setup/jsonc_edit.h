/* Edits of JSON with comments that touch nothing but the place of a child. The trees are those that
 * jsonc_parse made of the file's text. */
#pragma once

#include "common/base/json.h"
#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

/* Whether the children of an array or object are on lines of their own. */
bool jsonc_is_on_lines(const char *text, const struct json *holder);

/* Inserts `item`, a value or `"key": value`, before this child of an array or object; an index
 * equal to the number of children appends it. The lines of the item get the indentation of their
 * place; within them four spaces stand for the indentation that the text uses. */
void jsonc_insert(struct setup_file *file, const struct json *holder, guint index,
                  const char *item);

/* Removes `count` children with their commas and, if nothing else is on them, their lines. */
void jsonc_remove(struct setup_file *file, const struct json *holder, guint index, guint count);
