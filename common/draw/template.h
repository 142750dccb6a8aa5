/* The user's own text for a line or a tooltip: "{icon} {session_pct}% · {top_reset}". Placeholders
 * have the names that other tools of this kind use, percentages come without their sign, and
 * "{?COND text|otherwise}" draws one of two texts. All of it is in usageline-template(7).
 *
 *     autoptr(template) template = template_parse("{weekly_pct}%{?stale  old}", &error);
 *
 *     if (template)
 *         template_draw(template, view, canvas);
 */
#pragma once

#include "common/draw/view.h"

/* A template that has been parsed: drawing it can't fail. */
struct template
{
    char *text;           /* from which it was parsed, in valid UTF-8 */
    GPtrArray *nodes;     /* what it draws, see template.c */
    bool uses_refreshing; /* it has the condition `refreshing`, and so shows itself that a refresh
                           * is under way */
};

/* NULL and a USAGE_ERROR_CONFIG whose message shows the place if the text is no template. */
struct template *template_parse(const char *text, GError **error);
void template_free(struct template *template);
DEFINE_AUTOPTR(template, template_free);

void template_draw(const struct template *template, const struct view *view, struct canvas *canvas);

/* The placeholders in short, such as "{icon} {name} …", for help texts; the caller frees it. */
char *template_placeholders(void);
