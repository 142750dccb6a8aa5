/* What one module of a bar shows: combines the command line, the configuration and what the user
 * has chosen by clicks, and draws it. */
#pragma once

#include "cli/base/context.h"
#include "common/draw/adapter.h"
#include "common/usage/choice.h"

/* The command line. Where it sets nothing, the configuration decides. */
struct draw_options {
    struct adapter_options adapter;
    char *provider;
    char *format;
    char *short_format;
    char *window_format;
    char *tooltip_format;
    struct line_formats formats; /* these four, parsed */
    char *icon;
    char *instance;
    char *state;
    char **states; /* that `state` stands for (pretend.h); NULL: none, what is stored is drawn */
    gboolean remaining;
    gboolean used;
    gboolean verbose;
};

struct bar_state {
    const struct adapter *adapter;
    const struct draw_options *options;
    struct context *context;
    const char *instance; /* of the bar's module; NULL: unknown */

    /* Set by bar_state_resolve: */
    struct adapter_options adapter_options;
    struct choice choice;
    struct view_settings settings;
    struct line_formats formats; /* not owned */
    const char *provider;        /* id; NULL: none is enabled */
};

/* What is written to the bar, and until when it is right. */
struct bar_output {
    char *text;
    int status;                                 /* exit status of a command that draws once */
    gint64 text_changes_at, tooltip_changes_at; /* as canvas.changes_at */
};

void bar_output_clear(struct bar_output *output);
DEFINE_AUTO_CLEAR(bar_output, bar_output_clear);

/* For a command that the bar runs to draw its line. `options` must outlive `bar`. */
void bar_state_init(struct bar_state *bar, struct context *context, const struct adapter *adapter,
                    const struct draw_options *options);

/* Sets up what the bar called `name` shows, for a command that the bar runs for a click. `name`
 * NULL: no bar, the general settings. `options` must outlive `bar`. Returns the exit status, with
 * an error unless it is 0: there is no such bar, the provider's id is invalid, or none is enabled.
 */
int bar_state_init_for_click(struct bar_state *bar, struct context *context, const char *name,
                             const struct draw_options *options, GError **error);

/* Derives what is shown from the options, the configuration and the stored choice, which
 * it reads again. */
void bar_state_resolve(struct bar_state *bar);
void bar_state_clear(struct bar_state *bar);

/* An error in the configuration or in the provider's id, to be drawn as the problem of an otherwise
 * empty struct stored; NULL: none. The caller frees it. */
GError *bar_state_check(const struct bar_state *bar);

/* Draws what is stored for the provider. The caller clears the output. */
void bar_state_draw(const struct bar_state *bar, const struct stored *stored,
                    struct bar_output *output);
