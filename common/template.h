/* The user's own text for a line or a tooltip: "{icon} {session_pct}% · {top_reset}". Placeholders
 * are named as in other tools of this kind, percentages without their sign. "{{" and "}}" stand for
 * braces, "\n" for a line break (in tooltips). */
#pragma once

#include "common/view.h"

/* Appends what the template says of the view to `spans`. False and a USAGE_ERROR_CONFIG that names
 * the place and what is known, if the template is wrong; `spans` is then as it was. */
bool template_render(const char *text, const struct view *view, GPtrArray *spans, GError **error);

/* Whether the template is right. */
bool template_check(const char *text, GError **error);

/* All placeholders, such as "{icon} {name} …", for help texts; the caller frees it. */
char *template_placeholders(void);
