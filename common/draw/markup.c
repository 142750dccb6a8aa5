#include "common/draw/markup.h"

#include "common/draw/span.h"

#include <stdio.h>
#include <string.h>

static void plain_text(GString *out, const char *text)
{
    g_string_append(out, text);
}

static void pango_text(GString *out, const char *text)
{
    static const char special[] = "&<>'\"";
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&#39;", "&quot;"};

    for (; *text != '\0'; text++) {
        const char *found = strchr(special, *text);
        if (found)
            g_string_append(out, entities[found - special]);
        else
            g_string_append_c(out, *text);
    }
}

static void pango_open(GString *out, const struct span *span, const char *color)
{
    if (span->style & SPAN_MONOSPACE)
        g_string_append(out, "<tt>");
    if (span->style & SPAN_BOLD)
        g_string_append(out, "<b>");
    /* i3blocks 1.4 cuts JSON at a quotation mark that is escaped. */
    if (color)
        g_string_append_printf(out, "<span foreground='%s'>", color);
}

static void pango_close(GString *out, const struct span *span, const char *color)
{
    if (color)
        g_string_append(out, "</span>");
    if (span->style & SPAN_BOLD)
        g_string_append(out, "</b>");
    if (span->style & SPAN_MONOSPACE)
        g_string_append(out, "</tt>");
}

/* Polybar has no escape for the "%{" that begins a tag. An offset of nothing in front of each brace
 * keeps the two apart, also where the percent sign ends the span before; it leaves no trace on the
 * screen, in the colours or in the log (tried with Polybar 3.6.3). */
static void polybar_text(GString *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '{')
            g_string_append(out, "%{O0}");
        g_string_append_c(out, *text);
    }
}

static void polybar_open(GString *out, const struct span *span, const char *color)
{
    (void)span; /* fonts are the bar's own matter */
    if (color)
        g_string_append_printf(out, "%%{F%s}", color);
}

static void polybar_close(GString *out, const struct span *span, const char *color)
{
    (void)span;
    if (color)
        g_string_append(out, "%{F-}");
}

static void ansi_open(GString *out, const struct span *span, const char *color)
{
    unsigned red, green, blue;

    if (span->style & SPAN_BOLD)
        g_string_append(out, "\033[1m");
    if (color && sscanf(color, "#%2x%2x%2x", &red, &green, &blue) == 3)
        g_string_append_printf(out, "\033[38;2;%u;%u;%um", red, green, blue);
}

static void ansi_close(GString *out, const struct span *span, const char *color)
{
    if (color || (span->style & SPAN_BOLD))
        g_string_append(out, "\033[0m");
}

static void no_tag(GString *out, const struct span *span, const char *color)
{
    (void)out;
    (void)span;
    (void)color;
}

static const struct {
    void (*text)(GString *out, const char *text);
    void (*open)(GString *out, const struct span *span, const char *color);
    void (*close)(GString *out, const struct span *span, const char *color);
} markups[] = {
    [MARKUP_PLAIN] = {plain_text, no_tag, no_tag},
    [MARKUP_PANGO] = {pango_text, pango_open, pango_close},
    [MARKUP_POLYBAR] = {polybar_text, polybar_open, polybar_close},
    [MARKUP_ANSI] = {plain_text, ansi_open, ansi_close},
};

char *markup_render(const GPtrArray *spans, enum markup markup, const struct palette *palette)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < spans->len; i++) {
        const struct span *span = spans->pdata[i];
        const char *color = palette ? palette->colors[span->role] : NULL;

        markups[markup].open(out, span, color);
        markups[markup].text(out, span->text);
        markups[markup].close(out, span, color);
    }
    return g_string_free(out, FALSE);
}
