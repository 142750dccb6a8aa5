#include "common/text.h"

#include <string.h>

static bool is_printable(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return false;
    default:
        /* Bidirectional embeddings, overrides and isolates. */
        return !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069);
    }
}

bool text_is_printable(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        if (!is_printable(g_utf8_get_char(p)))
            return false;
    }
    return true;
}

static char *replace(const char *text, gsize max, bool keep_line_breaks)
{
    GString *result = g_string_new(NULL);
    gsize length = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (length++ == max) {
            g_string_append(result, "…");
            break;
        }
        if (is_printable(c) || (c == '\n' && keep_line_breaks))
            g_string_append_unichar(result, c);
        else
            g_string_append_c(result, ' ');
    }
    return g_string_free(result, FALSE);
}

char *text_clean_message(const char *text, gsize max)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    return replace(g_strstrip(valid), max, true);
}

char *text_clean_line(const char *text, gsize max)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    return replace(g_strstrip(valid), max, false);
}

char *text_replace_unprintable(const char *text, gsize max)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    return replace(valid, max, false);
}

int text_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

guint text_columns(const char *text)
{
    guint columns = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_iszerowidth(c))
            columns += g_unichar_iswide(c) ? 2 : 1;
    }
    return columns;
}

static void wrap_line(const char *line, guint columns, GString *result)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);
    guint used = 0;

    for (char **word = words; *word; word++) {
        guint width = text_columns(*word);

        if (word != words && used + 1 + width > columns) {
            g_string_append_c(result, '\n');
            used = 0;
        } else if (word != words) {
            g_string_append_c(result, ' ');
            used++;
        }
        g_string_append(result, *word);
        used += width;
    }
}

char *text_wrap(const char *text, guint columns)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_auto(GStrv) lines = g_strsplit(valid, "\n", -1);
    GString *result = g_string_new(NULL);

    for (char **line = lines; *line; line++) {
        if (line != lines)
            g_string_append_c(result, '\n');
        if (**line == ' ')
            g_string_append(result, *line);
        else
            wrap_line(*line, columns, result);
    }
    return g_string_free(result, FALSE);
}
