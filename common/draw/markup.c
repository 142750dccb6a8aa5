#include "common/draw/markup.h"

#include <stdio.h>

const struct markup markup_plain = {0};

static void pango_escape(GString *out, const char *text, gsize length)
{
    static const char *const entities[G_MAXUINT8 + 1] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['\''] = "&#39;", ['"'] = "&quot;"};
    gsize copied = 0;

    for (gsize i = 0; i < length; i++) {
        const char *entity = entities[(guchar)text[i]];

        if (!entity)
            continue;
        g_string_append_len(out, text + copied, (gssize)(i - copied));
        g_string_append(out, entity);
        copied = i + 1;
    }
    g_string_append_len(out, text + copied, (gssize)(length - copied));
}

static void pango_open(GString *out, enum span_style style, const char *color)
{
    if (style & SPAN_MONOSPACE)
        g_string_append(out, "<tt>");
    if (style & SPAN_BOLD)
        g_string_append(out, "<b>");
    if (color) {
        g_string_append(out, "<span foreground='"); /* i3blocks 1.4 cuts JSON at \" */
        g_string_append(out, color);
        g_string_append(out, "'>");
    }
}

static void pango_close(GString *out, enum span_style style, const char *color)
{
    if (color)
        g_string_append(out, "</span>");
    if (style & SPAN_BOLD)
        g_string_append(out, "</b>");
    if (style & SPAN_MONOSPACE)
        g_string_append(out, "</tt>");
}

const struct markup markup_pango = {pango_escape, pango_open, pango_close};

static void ansi_open(GString *out, enum span_style style, const char *color)
{
    unsigned red, green, blue;

    if (style & SPAN_BOLD)
        g_string_append(out, "\033[1m");
    if (color && sscanf(color, "#%2x%2x%2x", &red, &green, &blue) == 3)
        g_string_append_printf(out, "\033[38;2;%u;%u;%um", red, green, blue);
}

static void ansi_close(GString *out, enum span_style style, const char *color)
{
    if (color || (style & SPAN_BOLD))
        g_string_append(out, "\033[0m");
}

const struct markup markup_ansi = {NULL, ansi_open, ansi_close};

char *markup_render(const struct canvas *canvas, const struct markup *markup,
                    const struct palette *palette)
{
    GString *out = g_string_sized_new(2 * canvas->text->len);
    const char *text = canvas->text->str;

    for (guint i = 0; i < canvas->spans->len; i++) {
        const struct span *span = &g_array_index(canvas->spans, struct span, i);
        const char *color = palette ? palette->colors[span->role] : NULL;

        if (markup->open)
            markup->open(out, span->style, color);
        if (markup->escape)
            markup->escape(out, text, span->length);
        else
            g_string_append_len(out, text, (gssize)span->length);
        if (markup->close)
            markup->close(out, span->style, color);
        text += span->length;
    }
    return g_string_free(out, FALSE);
}
