/* What one bar shows: the command line, the configuration and what the user chose by clicks put
 * together, and drawn. */
#pragma once

#include "cli/base/context.h"
#include "common/draw/adapter.h"
#include "common/usage/choice.h"

/* From the command line; NULL and unset: the configuration decides. */
struct draw_options {
    char *provider;
    char *format;
    char *short_format;
    char *tooltip_format;
    char *window_format;
    char *icon;
    char *instance;
    gboolean remaining;
    gboolean used;
    gboolean watch;
    gboolean verbose;
};

struct drawing {
    const struct adapter *adapter;
    const struct draw_options *options;
    struct adapter_options adapter_options; /* as the command line has them */
    struct context *context;
    const char *instance; /* of the bar's module; NULL: the bar does not tell */

    /* What follows from these, by drawing_choose: */
    struct adapter_options shown_options;
    struct choice choice;
    struct view_settings settings;
    struct line_formats formats;
    const char *provider; /* id; NULL: none is enabled */
};

/* The bytes for the bar, and how long they hold. */
struct drawn {
    char *output;
    int status;                                 /* the exit status of a command that draws once */
    gint64 text_changes_at, tooltip_changes_at; /* as in struct line */
};

void drawn_clear(struct drawn *drawn);
DEFINE_AUTO_CLEAR(drawn, drawn_clear);

/* The instance of the bar's module that runs this process, by the environment; NULL: not told. */
const char *drawing_instance(const struct adapter *adapter);

/* A drawing for a command that is not the bar's own but was run for a click in it: of what that bar
 * shows. `bar` NULL: of no bar, by the general settings. `options` must outlive it. Gives the
 * exit status, and an error if that is not 0: there is no such bar or provider, or none is enabled.
 */
int drawing_begin(struct drawing *drawing, struct context *context, const char *bar,
                  const struct draw_options *options, GError **error);

/* Fills in what follows from the options, the configuration and the stored choice. */
void drawing_choose(struct drawing *drawing);
void drawing_clear(struct drawing *drawing);

/* What is wrong before anything is looked up: the configuration, or the provider's id. NULL:
 * nothing. */
GError *drawing_error(const struct drawing *drawing);

/* Draws what is stored of the provider, or nothing but an error. */
void drawing_draw(const struct drawing *drawing, const struct stored *stored, struct drawn *drawn);
void drawing_draw_error(const struct drawing *drawing, const GError *error, struct drawn *drawn);
