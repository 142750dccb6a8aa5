/* New contents for a file, which take its name in one step, and only if the file still has the text
 * that it is expected to have: what a program saves at the same moment is not lost.
 *
 *     struct replacement new = {.path = path, .before = read, .after = text, .like = path};
 *
 *     bool done = replacement_prepare(&new, &error) && replacement_commit(&new, &error);
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct replacement {
    const char *path;
    const char *before; /* the text that is replaced; NULL: there is no file */
    const char *after;  /* NULL: the file is deleted */
    const char *like;   /* the file whose mode, group and attributes are taken, or NULL */
    bool is_private;    /* without `like`: only the user can read it */
    char *temporary;    /* between the two calls, as what follows */
    bool sees_writers;  /* whether the file system knows who has a file open to write */
};

/* Writes the new text to a file beside the path. False and an error of kind internal that names the
 * path if that fails; then there is nothing to commit. */
bool replacement_prepare(struct replacement *replacement, GError **error);

/* Gives the new file its name, or deletes the old one. If the path does not have the text `before`,
 * it keeps what it has: false and an error of kind config. Nothing is left beside the path. */
bool replacement_commit(struct replacement *replacement, GError **error);
