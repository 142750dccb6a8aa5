/* The bars that a configuration of Waybar describes, each with the files that it includes
 * (waybar(5), "include"), and the lists of modules in them. */
#pragma once

#include "common/base/autoptr.h"
#include "common/setup/plan.h"
#include "waybar/setup/jsonc.h"

#include <glib.h>
#include <stdbool.h>

/* A file, read. */
struct document {
    struct setup_file *file; /* of the plan */
    struct jsonc *root;
};

/* An object that tells of a bar: its own, or that of an included file. */
struct layer {
    const struct document *document;
    const struct jsonc *object;
};

struct bars {
    GPtrArray *documents; /* of struct document */
    GPtrArray *bars;      /* of arrays of struct layer: what comes first counts */
};

/* A list of modules, and where it stands; `list` is NULL if there is none. */
struct module_list {
    const struct document *document;
    const struct jsonc *list;
};

/* Reads the configuration and all that it includes into the plan. NULL and an error of kind config
 * that names the file if some of it can't be read or understood. */
struct bars *bars_load(struct setup_plan *plan, struct setup_file *config, GError **error);
void bars_free(struct bars *bars);
DEFINE_AUTOPTR(bars, bars_free);

const struct layer *bar_layer(const GPtrArray *bar, guint index);

/* The bar's list of this name, such as "modules-right". */
struct module_list bar_list(const GPtrArray *bar, const char *name);

/* All lists of a bar, those of groups too: an array of struct module_list. */
GArray *bar_lists(const GPtrArray *bar);

/* The layer that defines this module, or NULL. */
const struct layer *bar_definition(const GPtrArray *bar, const char *module);

/* The layer that defines the most of the bar's modules and may be changed: where one more
 * belongs. */
const struct layer *bar_place_of_definitions(const GPtrArray *bar);
