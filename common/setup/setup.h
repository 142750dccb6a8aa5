/* How a bar's own configuration gets the module of usageline: a bar finds what is to be changed in
 * which of its files (struct bar_setup), and puts it into a plan. The command line shows the plan,
 * asks, and carries it out (cli/setup/setup.c). Errors of a plan are of kind config and name the
 * file. */
#pragma once

#include "common/base/autoptr.h"
#include "common/config/theme.h"

#include <glib.h>
#include <stdbool.h>

/* A file where a bar looks for its configuration: below the folder that the variable names, or
 * below `otherwise` ("~/" is the home folder) if there is no variable or it is not set. */
struct setup_place {
    const char *variable;  /* NULL: none; may name several folders, as $XDG_CONFIG_DIRS does */
    const char *otherwise; /* NULL: then there is no such place */
    const char *file;
    bool is_system; /* the distribution's: never changed, but copied to where the user's is */
};

enum setup_where {
    SETUP_WHERE_USUAL, /* where such modules usually stand */
    SETUP_WHERE_LEFT,
    SETUP_WHERE_CENTER,
    SETUP_WHERE_RIGHT,
    SETUP_WHERE_BEFORE,
    SETUP_WHERE_AFTER,
};

struct setup_position {
    enum setup_where where;
    const char *module; /* beside this one, for SETUP_WHERE_BEFORE and _AFTER */
};

/* A file of the plan. Offsets are bytes of `text`. */
struct setup_file {
    char *path;     /* as the bar knows it */
    char *target;   /* what is written: the same, symbolic links followed */
    char *text;     /* what it is made from */
    char *original; /* the system's file that `text` is of, or NULL */
    char *backup;   /* the newest copy that an earlier setup has left, or NULL */
    char *obstacle; /* why it can't be changed, or NULL */
    bool is_there;
    bool is_deleted; /* by this plan */
    GArray *changes; /* of the text, private to the plan */
};

struct setup_plan {
    GPtrArray *files; /* of struct setup_file */
    GPtrArray *notes; /* of strings: what the user should know */
};

struct setup_plan *setup_plan_new(void);
void setup_plan_free(struct setup_plan *plan);
DEFINE_AUTOPTR(setup_plan, setup_plan_free);

G_GNUC_PRINTF(2, 3)
void setup_plan_note(struct setup_plan *plan, const char *format, ...);

/* The file at this path, read once however often it is asked for; it belongs to the plan. NULL
 * without an error if it is not there. A file that may not be changed is given with its obstacle.
 */
struct setup_file *setup_plan_read(struct setup_plan *plan, const char *path, GError **error);

/* A file that is not there yet. `original` is the system's file that it is a copy of; NULL: it
 * begins empty. */
struct setup_file *setup_plan_add(struct setup_plan *plan, const char *path, const char *original,
                                  GError **error);

/* What a bar reads at these places (ended by {NULL}): the first file that is there. A system's one
 * is given as a new file at the user's place. NULL without an error if there is none. */
struct setup_file *setup_plan_find(struct setup_plan *plan, const struct setup_place *places,
                                   GError **error);

/* The configuration that the user has named (NULL: none), else what the bar of this name reads at
 * these places. NULL and an error of kind config if there is none. */
struct setup_file *setup_plan_open(struct setup_plan *plan, const char *named,
                                   const struct setup_place *places, const char *bar,
                                   GError **error);

/* Where a file of the user would be read first; the caller frees it. */
char *setup_place_of_user(const struct setup_place *places, const char *original);

/* Whether a bar would read something at these places. */
bool setup_place_is_used(const struct setup_place *places);

/* Changes of a file; several at one offset come in the order in which they were asked for. */
void setup_file_insert(struct setup_file *file, gsize at, const char *text);
void setup_file_remove(struct setup_file *file, gsize begin, gsize end);

/* The text with its changes; the caller frees it. */
char *setup_file_result(const struct setup_file *file);

/* The text's line break: "\n" or "\r\n". */
const char *setup_line_break(const char *text);

/* Whether two texts differ in nothing but white space. */
bool setup_texts_are_alike(const char *a, const char *b);

struct setup_request {
    const char *config; /* the file that the user named, or NULL: where the bar looks */
    struct setup_position position;
    const struct theme *theme; /* of the bar, to be added to its style sheet; else NULL */
    struct palette palette;    /* its colours, the user's own among them */
};

/* What a bar knows of its own configuration. */
struct bar_setup {
    const struct setup_place *places;
    bool has_style_sheet;
    const char *reload; /* the command that makes the bar read its configuration again; for _() */
    char *(*describe)(void); /* what to paste by hand, and where; the caller frees it */
    /* Fills the plan with what adds the module; adds nothing that is there already. */
    bool (*add)(struct setup_plan *plan, const struct setup_request *request, GError **error);
    /* Fills the plan with what removes the module that setup has added. */
    bool (*remove)(struct setup_plan *plan, const struct setup_request *request, GError **error);
};
