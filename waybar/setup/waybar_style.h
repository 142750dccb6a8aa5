/* The colours of the module: a style sheet of our own beside Waybar's, which imports it. */
#pragma once

#include "common/setup/bar_setup.h"

/* The style sheet that Waybar reads; NULL without an error if there is none. `error` is not NULL.
 */
struct setup_file *waybar_style_find(struct setup_plan *plan, const struct setup_request *request,
                                     GError **error);

/* Edits the style sheet and its variants, except those that nobody can read; each file once. A
 * sheet of the command line has no variants. */
void waybar_style_edit(struct setup_plan *plan, const struct setup_request *request,
                       struct setup_file *sheet, void (*edit)(struct setup_file *));

/* Plans to make our style sheet for the theme of the request, if it has one, and to import it.
 * False and an error if a file can't be read. */
bool waybar_style_add(struct setup_plan *plan, const struct setup_request *request, GError **error);
