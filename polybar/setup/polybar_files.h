/* Polybar's configuration with all files that it includes (polybar(5)): its bars and the lines that
 * matter to them. */
#pragma once

#include "common/setup/ini.h"

#include <glib.h>

struct polybar_file {
    struct setup_plan *plan;
    struct setup_file *file; /* of the plan */
    GArray *lines;
};

/* A line of one of the files; `file` is NULL if there is none. */
struct polybar_line {
    const struct polybar_file *file;
    const struct ini_line *line;
    guint index;
};

/* Reads the configuration and all that it includes into the plan: an array of struct polybar_file,
 * with the configuration itself as the first. `environment` is that of the bar, for variables in
 * names; NULL: our own. NULL and an error that names the file if one can't be read. */
GPtrArray *polybar_files_load(struct setup_plan *plan, struct setup_file *config,
                              char **environment, GError **error);

/* The headers of all bars: an array of struct polybar_line. */
GArray *polybar_bars(const GPtrArray *files);

/* The header of this section. */
struct polybar_line polybar_section(const GPtrArray *files, const char *section);

/* The line that gives this key to a section: its own, that of a section that it inherits from, or
 * the one that it refers to by "${section.key}". None if the plan's budget is spent. */
struct polybar_line polybar_key(const GPtrArray *files, const char *section, const char *key);

/* The last header of a module in the changeable file with the most of them: one more belongs behind
 * it. Without modules, only `file` is set, to the configuration itself. */
struct polybar_line polybar_last_module(const GPtrArray *files);
