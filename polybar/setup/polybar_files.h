/* Polybar's configuration with all files that it includes (polybar(5)): its bars and the lines that
 * matter to them. */
#pragma once

#include "common/base/autoptr.h"
#include "common/setup/ini.h"

#include <glib.h>

struct polybar_file {
    struct setup_file *file; /* of the plan */
    GArray *lines;
};

struct polybar_files {
    GPtrArray *files; /* of struct polybar_file; the configuration itself is the first */
};

/* A line of one of the files; `file` is NULL if there is none. */
struct polybar_line {
    const struct polybar_file *file;
    const struct ini_line *line;
    guint index;
};

/* Reads the configuration and all that it includes into the plan. NULL and an error that names the
 * file if one can't be read. */
struct polybar_files *polybar_files_load(struct setup_plan *plan, struct setup_file *config,
                                         GError **error);
void polybar_files_free(struct polybar_files *files);
DEFINE_AUTOPTR(polybar_files, polybar_files_free);

/* The headers of all bars: an array of struct polybar_line. */
GArray *polybar_bars(const struct polybar_files *files);

/* The header of this section. */
struct polybar_line polybar_section(const struct polybar_files *files, const char *section);

/* The line that gives this key to a section: its own, that of a section that it inherits from, or
 * the one that it refers to by "${section.key}". */
struct polybar_line polybar_key(const struct polybar_files *files, const char *section,
                                const char *key);

/* The changeable file with the most modules, where one more belongs. */
const struct polybar_file *polybar_main_file(const struct polybar_files *files);
