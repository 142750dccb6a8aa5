#include "common/draw/span.h"

#include "common/base/text.h"

#include <stdbool.h>

#define MAX_LENGTH 2000 /* characters of one span */

static void span_free(struct span *span)
{
    g_free(span->text);
    g_free(span);
}

GPtrArray *spans_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)span_free);
}

/* Whether text of this look can be put to the end of the span before. */
static bool continues(const GPtrArray *spans, enum role role, enum span_style style)
{
    const struct span *last = spans->len > 0 ? spans->pdata[spans->len - 1] : NULL;

    return last && last->role == role && last->style == style && last->text[0] != '\n';
}

static void add(GPtrArray *spans, enum role role, enum span_style style, char *text)
{
    struct span *span;

    if (text[0] != '\n' && continues(spans, role, style)) {
        span = spans->pdata[spans->len - 1];
        char *joined = g_strconcat(span->text, text, NULL);
        g_free(span->text);
        g_free(text);
        span->text = joined;
        return;
    }
    span = g_new(struct span, 1);
    *span = (struct span){.role = role, .style = style, .text = text};
    g_ptr_array_add(spans, span);
}

void spans_add(GPtrArray *spans, enum role role, enum span_style style, const char *text)
{
    if (text[0] != '\0')
        add(spans, role, style, text_replace_unprintable(text, MAX_LENGTH));
}

void spans_add_format(GPtrArray *spans, enum role role, enum span_style style, const char *format,
                      ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    spans_add(spans, role, style, text);
}

void spans_break(GPtrArray *spans)
{
    add(spans, ROLE_NORMAL, SPAN_PLAIN, g_strdup("\n"));
}

void spans_add_lines(GPtrArray *spans, enum role role, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line; line++) {
        if (line != lines)
            spans_break(spans);
        /* An indented line is a command, or points at something in the line above it. */
        spans_add(spans, role, **line == ' ' ? SPAN_MONOSPACE : SPAN_PLAIN, *line);
    }
}
