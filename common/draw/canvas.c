#include "common/draw/canvas.h"

#include "common/base/text.h"

#define MAX_LENGTH 2000 /* characters that are added at once */

struct canvas *canvas_new(void)
{
    struct canvas *canvas = g_new0(struct canvas, 1);

    canvas->text = g_string_sized_new(64);
    canvas->spans = g_array_sized_new(FALSE, FALSE, sizeof(struct span), 8);
    return canvas;
}

void canvas_free(struct canvas *canvas)
{
    if (!canvas)
        return;
    g_string_free(canvas->text, TRUE);
    g_array_free(canvas->spans, TRUE);
    g_free(canvas);
}

/* The last span, if text of this look can be added to it; a line break is a span of its own. */
static struct span *canvas_find_last(const struct canvas *canvas, enum role role,
                                     enum span_style style)
{
    struct span *last;

    if (canvas->spans->len == 0)
        return NULL;
    last = &g_array_index(canvas->spans, struct span, canvas->spans->len - 1);
    return last->role == role && last->style == style &&
                   canvas->text->str[canvas->text->len - 1] != '\n'
               ? last
               : NULL;
}

/* Makes a span of the text from `begin` on, which has just been added. */
static void canvas_end_span(struct canvas *canvas, struct span *last, enum role role,
                            enum span_style style, gsize begin)
{
    const struct span span = {role, style, canvas->text->len - begin};

    if (last)
        last->length += span.length;
    else
        g_array_append_val(canvas->spans, span);
}

void canvas_add(struct canvas *canvas, enum role role, enum span_style style, const char *text)
{
    struct span *last = canvas_find_last(canvas, role, style);
    gsize begin = canvas->text->len;

    if (text[0] == '\0')
        return;
    text_append_printable(canvas->text, text, MAX_LENGTH);
    canvas_end_span(canvas, last, role, style, begin);
}

void canvas_add_format(struct canvas *canvas, enum role role, enum span_style style,
                       const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    canvas_add(canvas, role, style, text);
}

void canvas_add_repeated(struct canvas *canvas, enum role role, enum span_style style,
                         const char *cell, guint count)
{
    struct span *last = canvas_find_last(canvas, role, style);
    gsize begin = canvas->text->len;

    if (count == 0)
        return;
    while (count-- > 0)
        g_string_append(canvas->text, cell);
    canvas_end_span(canvas, last, role, style, begin);
}

void canvas_break(struct canvas *canvas)
{
    g_string_append_c(canvas->text, '\n');
    canvas_end_span(canvas, NULL, ROLE_NORMAL, SPAN_PLAIN, canvas->text->len - 1);
}

void canvas_add_lines(struct canvas *canvas, enum role role, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line; line++) {
        if (line != lines)
            canvas_break(canvas);
        /* An indented line is a command, or points at something in the line above it. */
        canvas_add(canvas, role, **line == ' ' ? SPAN_MONOSPACE : SPAN_PLAIN, *line);
    }
}

void canvas_join_lines(struct canvas *canvas)
{
    g_strdelimit(canvas->text->str, "\n", ' ');
}

void canvas_note_change(struct canvas *canvas, gint64 when, gint64 now)
{
    if (when > now && (canvas->changes_at == 0 || when < canvas->changes_at))
        canvas->changes_at = when;
}
