/* Whether a program makes a configuration, and would make it anew without what is added to it. */
#pragma once

#include <stdbool.h>

/* Whether the file is where a package manager alone writes (Nix, Guix). */
bool maker_owns_folder(const char *path);

/* What shows that a program makes the file with this path, without links, and text, as part of a
 * sentence: the remark in its first lines, or its folder. NULL if nothing does; the caller frees
 * it. */
char *maker_find_sign(const char *path, const char *text);

/* A program that is known to make a bar's file whenever it starts. Both paths are below the home
 * folder; a table of them ends with {0}. */
struct maker_program {
    const char *name;
    const char *folder; /* which is there if the program is */
    const char *file;
};

/* The same for a file that one of these programs makes. */
char *maker_find_program(const char *path, const struct maker_program *programs);
