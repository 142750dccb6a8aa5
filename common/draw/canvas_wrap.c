#include "common/base/text.h"
#include "common/draw/canvas.h"

#include <string.h>

/* Where a line is broken: the spaces between `begin` and `end`, in bytes of the canvas' text, give
 * way to a line break and `indent` spaces. */
struct canvas_gap {
    gsize begin, end;
    guint indent;
};

/* The columns of what an item of a list begins with: "1. ", or a sign like "✓ ". */
static guint canvas_marker_columns(const char *text)
{
    gsize digits = strspn(text, "0123456789");

    if (digits > 0 && g_str_has_prefix(text + digits, ". "))
        return (guint)digits + 2;
    return *text != '\0' && !g_unichar_isalnum(g_utf8_get_char(text)) &&
                   *g_utf8_next_char(text) == ' '
               ? 2
               : 0;
}

/* How far the line goes in that continues this one. */
static guint canvas_find_indent(const char *line)
{
    guint indent = (guint)strspn(line, " ");
    const char *gap = strstr(line, "  ");

    if (indent > 0 || !gap)
        return indent + canvas_marker_columns(line + indent);
    g_autofree char *cell = g_strndup(line, (gsize)(gap - line) + strspn(gap, " "));
    return text_columns(cell);
}

/* Adds the gaps of a line that is wider than that and begins `offset` bytes into the text. */
static void canvas_find_gaps(const char *line, gsize offset, guint columns, GArray *gaps)
{
    guint indent = MIN(canvas_find_indent(line), columns / 2);
    const char *p = line + strspn(line, " ");
    guint used = (guint)(p - line), space = 0;

    while (*p != '\0') {
        const char *end = text_find_break(p);
        g_autofree char *piece = g_strndup(p, (gsize)(end - p));
        guint width = text_columns(piece);

        if (used + space + width > columns && used > indent) {
            gsize after = offset + (gsize)(p - line);
            struct canvas_gap gap = {after - space, after, indent};

            g_array_append_val(gaps, gap);
            used = indent;
        } else {
            used += space;
        }
        used += width;
        space = (guint)strspn(end, " ");
        p = end + space;
    }
}

static GArray *canvas_find_all_gaps(const struct canvas *canvas, guint columns)
{
    GArray *gaps = g_array_new(FALSE, FALSE, sizeof(struct canvas_gap));
    g_auto(GStrv) lines = g_strsplit(canvas->text->str, "\n", -1);
    gsize offset = 0;

    for (char **line = lines; *line; line++) {
        if (text_columns(*line) > columns)
            canvas_find_gaps(*line, offset, columns, gaps);
        offset += strlen(*line) + 1;
    }
    return gaps;
}

/* Copies what is between two gaps. */
static void canvas_copy(const struct canvas *canvas, const struct span *span, gsize begin,
                        gsize end, struct canvas *copy)
{
    g_autofree char *text = g_strndup(canvas->text->str + begin, end - begin);

    if (text[0] == '\n')
        canvas_break(copy);
    else
        canvas_add_repeated(copy, span->role, span->style, text, 1);
}

struct canvas *canvas_wrap(const struct canvas *canvas, guint columns)
{
    g_autoptr(GArray) gaps = canvas_find_all_gaps(canvas, columns);
    struct canvas *copy = canvas_new();
    gsize at = 0, end = 0;
    guint next = 0;

    copy->changes_at = canvas->changes_at;
    for (guint i = 0; i < canvas->spans->len; i++) {
        const struct span *span = &g_array_index(canvas->spans, struct span, i);

        for (end += span->length; at < end;) {
            const struct canvas_gap *gap =
                next < gaps->len ? &g_array_index(gaps, struct canvas_gap, next) : NULL;
            gsize stop = gap ? MIN(end, gap->begin) : end;

            if (at < stop) {
                canvas_copy(canvas, span, at, stop, copy);
                at = stop;
                continue;
            }
            if (at == gap->begin) {
                canvas_break(copy);
                canvas_add_repeated(copy, ROLE_NORMAL, SPAN_PLAIN, " ", gap->indent);
            }
            at = MIN(end, gap->end);
            if (at == gap->end)
                next++;
        }
    }
    return copy;
}
