#include "common/draw/markup.h"

#include <stdio.h>
#include <string.h>

const struct markup markup_plain = {0};

static void pango_escape(GString *out, const char *text)
{
    static const char special[] = "&<>'\"";
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&#39;", "&quot;"};

    for (gsize length; *text != '\0'; text += length) {
        length = strcspn(text, special);
        g_string_append_len(out, text, (gssize)length);
        if (text[length] != '\0')
            g_string_append(out, entities[strchr(special, text[length++]) - special]);
    }
}

static void pango_open(GString *out, enum span_style style, const char *color)
{
    if (style & SPAN_MONOSPACE)
        g_string_append(out, "<tt>");
    if (style & SPAN_BOLD)
        g_string_append(out, "<b>");
    if (color) {
        /* i3blocks 1.4 cuts JSON at a quotation mark that is escaped. */
        g_string_append(out, "<span foreground='");
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

char *markup_render(const GPtrArray *spans, const struct markup *markup,
                    const struct palette *palette)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < spans->len; i++) {
        const struct span *span = spans->pdata[i];
        const char *color = palette ? palette->colors[span->role] : NULL;

        if (markup->open)
            markup->open(out, span->style, color);
        if (markup->escape)
            markup->escape(out, span->text);
        else
            g_string_append(out, span->text);
        if (markup->close)
            markup->close(out, span->style, color);
    }
    return g_string_free(out, FALSE);
}
