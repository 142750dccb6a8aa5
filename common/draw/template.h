/* The user's own text for a line or a tooltip: "{icon} {session_pct}% · {top_reset}". Placeholders
 * are named as in other tools of this kind, percentages without their sign; "{?COND
 * text|otherwise}" draws one of two texts. "{{" and "}}" stand for braces, "||" within a section
 * for a bar, "\n" for a line break (in tooltips). All of it is in usageline-template(7). */
#pragma once

#include "common/draw/view.h"

/* Appends what the template says of the view to `canvas`. False and a USAGE_ERROR_CONFIG whose
 * message shows the place, if the template is wrong; `canvas` is then as it was. */
bool template_render(const char *text, const struct view *view, struct canvas *canvas,
                     GError **error);

/* Whether the template is right. */
bool template_check(const char *text, GError **error);

/* Whether it asks for `refreshing`, and so tells itself that a refresh is under way. */
bool template_tells_refreshing(const char *text);

/* The placeholders in short, such as "{icon} {name} …", for help texts; the caller frees it. */
char *template_placeholders(void);
