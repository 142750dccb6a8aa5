#include "common/draw/markup.h"

#include <stdio.h>

const struct markup markup_plain = {0};

/* The spaces of columns don't break: a row is one piece, however narrow the tooltip is. */
static void pango_escape(GString *out, const char *text, gsize length, enum span_style style)
{
    static const char *const entities[G_MAXUINT8 + 1] = {
        ['&'] = "&amp;",  ['<'] = "&lt;",   ['>'] = "&gt;",
        ['\''] = "&#39;", ['"'] = "&quot;", [' '] = "\u00a0"};
    gsize copied = 0;

    for (gsize i = 0; i < length; i++) {
        const char *entity =
            text[i] == ' ' && !(style & SPAN_MONOSPACE) ? NULL : entities[(guchar)text[i]];

        if (!entity)
            continue;
        g_string_append_len(out, text + copied, (gssize)(i - copied));
        g_string_append(out, entity);
        copied = i + 1;
    }
    g_string_append_len(out, text + copied, (gssize)(length - copied));
}

static void pango_open(GString *out, enum span_style style, const char *color, const char *font)
{
    if (style & SPAN_SMALL)
        g_string_append(out, "<span size='3000'>"); /* thousandths of a point */
    if ((style & SPAN_MONOSPACE) && font)
        g_string_append_printf(out, "<span font_family='%s'>", font);
    else if (style & SPAN_MONOSPACE)
        g_string_append(out, "<tt>");
    if (style & SPAN_BOLD)
        g_string_append(out, "<b>");
    if (color) {
        g_string_append(out, "<span foreground='"); /* i3blocks 1.4 cuts JSON at \" */
        g_string_append(out, color);
        g_string_append(out, "'>");
    }
}

static void pango_close(GString *out, enum span_style style, const char *color, const char *font)
{
    if (color)
        g_string_append(out, "</span>");
    if (style & SPAN_BOLD)
        g_string_append(out, "</b>");
    if (style & SPAN_MONOSPACE)
        g_string_append(out, font ? "</span>" : "</tt>");
    if (style & SPAN_SMALL)
        g_string_append(out, "</span>");
}

const struct markup markup_pango = {pango_escape, pango_open, pango_close};

static void ansi_open(GString *out, enum span_style style, const char *color, const char *font)
{
    (void)font;
    unsigned red, green, blue;

    if (style & SPAN_BOLD)
        g_string_append(out, "\033[1m");
    if (color && sscanf(color, "#%2x%2x%2x", &red, &green, &blue) == 3)
        g_string_append_printf(out, "\033[38;2;%u;%u;%um", red, green, blue);
    else if (color)
        g_string_append_printf(out, "\033[%sm", color);
}

static void ansi_close(GString *out, enum span_style style, const char *color, const char *font)
{
    (void)font;
    if (color || (style & SPAN_BOLD))
        g_string_append(out, "\033[0m");
}

const struct markup markup_ansi = {NULL, ansi_open, ansi_close};

char *markup_render(const struct canvas *canvas, const struct markup *markup,
                    const struct palette *palette)
{
    GString *out = g_string_sized_new(2 * canvas->text->len);
    const char *text = canvas->text->str, *font = palette ? palette->font : NULL;

    for (guint i = 0; i < canvas->spans->len; i++) {
        const struct span *span = &g_array_index(canvas->spans, struct span, i);
        const char *color = palette ? palette->colors[span->role] : NULL;

        if (markup->open)
            markup->open(out, span->style, color, font);
        if (markup->escape)
            markup->escape(out, text, span->length, span->style);
        else
            g_string_append_len(out, text, (gssize)span->length);
        if (markup->close)
            markup->close(out, span->style, color, font);
        text += span->length;
    }
    return g_string_free(out, FALSE);
}
