/* The bars that a configuration of Waybar describes, each with the files that it includes
 * (waybar(5), "include"), their lists of modules, and the module that setup adds. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/json.h"
#include "common/setup/plan.h"

#include <glib.h>

/* The module's name, and the same as JSON. */
#define WAYBAR_MODULE "custom/usageline"
#define WAYBAR_NAME   "\"" WAYBAR_MODULE "\""

/* Its definition, as the example has it. Four spaces stand for one indentation of the file. */
#define WAYBAR_DEFINITION                                                                          \
    WAYBAR_NAME ": {\n"                                                                            \
                "    \"exec\": \"until usageline waybar --watch; do case $? in 126|127) "          \
                "echo '{\\\"text\\\":\\\"usageline ! not found\\\"}' && sleep 60;; esac; "         \
                "sleep 5; done\",\n"                                                               \
                "    \"return-type\": \"json\",\n"                                                 \
                "    \"on-click\": \"usageline open --bar waybar\",\n"                             \
                "    \"on-click-middle\": \"usageline show toggle --bar waybar\",\n"               \
                "    \"on-click-right\": \"usageline refresh --bar waybar\",\n"                    \
                "    \"on-scroll-up\": \"usageline show previous --bar waybar\",\n"                \
                "    \"on-scroll-down\": \"usageline show next --bar waybar\",\n"                  \
                "    \"smooth-scrolling-threshold\": 1\n"                                          \
                "}"

/* A file and its parsed text. */
struct waybar_document {
    struct setup_file *file; /* of the plan */
    struct json *root;
};

/* An object that configures a bar: the bar's own, or that of an included file. */
struct waybar_layer {
    const struct waybar_document *document;
    const struct json *object;
    bool is_for_some; /* not every version of Waybar reads it: see waybar_include.h */
};

struct waybar_bars {
    char *missing;        /* what is included and not found, in words for the user; or NULL */
    GPtrArray *documents; /* of struct waybar_document; the configuration itself is the first */
    GPtrArray *bars;      /* of arrays of struct waybar_layer, of which the first counts most */
};

/* A list of modules and its document. Both are NULL if the bar has none; `list` alone is NULL if
 * its value is no list. */
struct waybar_list {
    const struct waybar_document *document;
    const struct json *list;
};

/* Reads the configuration and all that it includes into the plan. NULL and an error of kind config
 * that names the file if one can't be read or understood. `environment` is that of the bar (see
 * place.h). */
struct waybar_bars *waybar_bars_load(struct setup_plan *plan, struct setup_file *config,
                                     char **environment, GError **error);
void waybar_bars_free(struct waybar_bars *bars);
DEFINE_AUTOPTR(waybar_bars, waybar_bars_free);

const struct waybar_layer *waybar_bar_layer(const GPtrArray *bar, guint index);

/* Whether the bar's own object or an included one includes files. */
bool waybar_bar_has_includes(const GPtrArray *bar);

/* The bar's list of this name, such as "modules-right". */
struct waybar_list waybar_bar_list(const GPtrArray *bar, const char *name);

/* All lists of a bar, including those of groups: an array of struct waybar_list. */
GArray *waybar_bar_lists(const GPtrArray *bar);

/* The layer that defines our module, or NULL. */
const struct waybar_layer *waybar_bar_definition(const GPtrArray *bar);

/* The changeable layer that defines most of the bar's modules, where one more belongs; one that
 * each version of Waybar reads. */
const struct waybar_layer *waybar_bar_main_layer(const GPtrArray *bar);
