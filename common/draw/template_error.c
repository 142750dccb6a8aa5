#include "common/draw/template_error.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"

#include <string.h>

#define BEFORE 30 /* columns that are shown in front of the place … */
#define AFTER  30 /* … and from there on */

/* The text from `begin` to `end` in one line. The caller frees it. */
static char *line_of(const char *begin, const char *end)
{
    g_autofree char *part = g_strndup(begin, (gsize)(end - begin));

    return text_replace_unprintable(part, strlen(part));
}

static guint columns_of(const char *begin, const char *end)
{
    g_autofree char *line = line_of(begin, end);

    return text_columns(line);
}

/* "  …plate before {wrong} and aft…", and the caret's line. */
static char *show_place(const char *text, const char *at)
{
    const char *begin = at, *end = at;

    while (begin > text && columns_of(g_utf8_prev_char(begin), at) <= BEFORE)
        begin = g_utf8_prev_char(begin);
    while (*end != '\0' && columns_of(at, g_utf8_next_char(end)) <= AFTER)
        end = g_utf8_next_char(end);
    g_autofree char *line = line_of(begin, end);
    const char *cut = begin > text ? "…" : "";
    guint indent = text_columns(cut) + columns_of(begin, at);

    return g_strdup_printf("  %s%s%s\n  %*s^", cut, line, *end != '\0' ? "…" : "", (int)indent, "");
}

void template_set_error(const char *text, const char *at, const char *what, const char *advice,
                        GError **error)
{
    g_autofree char *place = show_place(text, at);
    long number = g_utf8_strlen(text, at - text) + 1;

    if (advice)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("the format has %s at character %ld; %s\n%s"), what, number, advice, place);
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("the format has %s at character %ld\n%s"), what, number, place);
}
