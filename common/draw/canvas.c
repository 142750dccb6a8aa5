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

/* Makes a span of the text from `begin` on, which has just been added, or lengthens the last one if
 * that looks alike; a line break is a span of its own. */
static void canvas_end_span(struct canvas *canvas, enum role role, enum span_style style,
                            gsize begin)
{
    const struct span span = {role, style, canvas->text->len - begin};
    struct span *last = canvas->spans->len > 0
                            ? &g_array_index(canvas->spans, struct span, canvas->spans->len - 1)
                            : NULL;

    if (last && last->role == role && last->style == style && canvas->text->str[begin - 1] != '\n')
        last->length += span.length;
    else
        g_array_append_val(canvas->spans, span);
}

void canvas_add(struct canvas *canvas, enum role role, enum span_style style, const char *text)
{
    gsize begin = canvas->text->len;

    if (text[0] == '\0')
        return;
    text_append_printable(canvas->text, text, MAX_LENGTH);
    canvas_end_span(canvas, role, style, begin);
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
    gsize begin = canvas->text->len;

    if (count == 0)
        return;
    while (count-- > 0)
        g_string_append(canvas->text, cell);
    canvas_end_span(canvas, role, style, begin);
}

void canvas_break(struct canvas *canvas)
{
    const struct span span = {ROLE_NORMAL, SPAN_PLAIN, 1};

    g_string_append_c(canvas->text, '\n');
    g_array_append_val(canvas->spans, span);
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
