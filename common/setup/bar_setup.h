/* How a bar's own configuration gets the module of usageline. The bar knows its files and its
 * syntax (struct bar_setup) and puts changes into a plan (plan.h); the command line shows the plan,
 * asks, and applies it (apply.h). */
#pragma once

#include "common/config/theme.h"
#include "common/setup/place.h"
#include "common/setup/plan.h"

#include <glib.h>
#include <stdbool.h>

enum setup_where {
    SETUP_WHERE_USUAL, /* where such modules usually are */
    SETUP_WHERE_LEFT,
    SETUP_WHERE_CENTER,
    SETUP_WHERE_RIGHT,
    SETUP_WHERE_BEFORE,
    SETUP_WHERE_AFTER,
};

struct setup_position {
    enum setup_where where;
    const char *module; /* the other module, for SETUP_WHERE_BEFORE and _AFTER; else NULL */
};

struct setup_request {
    const char *config;  /* the file that the user or the bar's command line names; NULL: where the
                            bar looks */
    const char *style;   /* likewise the style sheet */
    const char *program; /* the path of usageline for commands; NULL: its name will do */
    char **environment;  /* of the bar's process; NULL: none runs, our own is as good */
    struct setup_position position;
    const struct theme *theme; /* to be added to the bar's style sheet, or NULL */
    struct palette palette;    /* the theme's colours with the user's own */
};

/* What a bar knows of its own configuration. Errors are of kind config and name the file. */
struct bar_setup {
    const struct setup_place *places;
    bool has_style_sheet;
    const char *reload; /* the command that makes the bar read its configuration again; for _() */
    char *(*describe)(void); /* what to paste by hand, and where; the caller frees it */
    /* Plans to add the module; adds nothing that is there already. */
    bool (*add)(struct setup_plan *plan, const struct setup_request *request, GError **error);
    /* Plans to remove what setup has added. */
    bool (*remove)(struct setup_plan *plan, const struct setup_request *request, GError **error);
};
