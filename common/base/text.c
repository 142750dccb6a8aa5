#include "common/base/text.h"

#include "common/base/i18n.h"

#include <string.h>

#define MAX_WORD 64 /* bytes; a mistyped word is not longer */

static bool text_is_printable_char(gunichar c)
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

/* Most characters are ASCII, which needs no tables. */
static bool text_is_printable_at(const char *p)
{
    return (guchar)*p < 0x80 ? !g_ascii_iscntrl(*p) : text_is_printable_char(g_utf8_get_char(p));
}

bool text_is_printable(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        if (!text_is_printable_at(p))
            return false;
    }
    return true;
}

/* Appends at most `max` characters, with a space for each that is not printable. */
static void text_append(GString *out, const char *text, gsize max, bool keep_line_breaks)
{
    g_autofree char *valid = g_utf8_validate(text, -1, NULL) ? NULL : g_utf8_make_valid(text, -1);
    const char *p = valid ? valid : text, *copied = p;

    for (gsize length = 0; *p != '\0'; p = g_utf8_next_char(p)) {
        if (length++ == max) {
            g_string_append_len(out, copied, p - copied);
            g_string_append(out, "…");
            return;
        }
        if (text_is_printable_at(p) || (*p == '\n' && keep_line_breaks))
            continue;
        g_string_append_len(out, copied, p - copied);
        g_string_append_c(out, ' ');
        copied = g_utf8_next_char(p);
    }
    g_string_append_len(out, copied, p - copied);
}

void text_append_printable(GString *out, const char *text, gsize max)
{
    text_append(out, text, max, false);
}

static char *text_copy_printable(const char *text, gsize max, bool keep_line_breaks)
{
    GString *copy = g_string_sized_new(strlen(text));

    text_append(copy, text, max, keep_line_breaks);
    return g_string_free(copy, FALSE);
}

char *text_clean_message(const char *text, gsize max)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    return text_copy_printable(g_strstrip(valid), max, true);
}

char *text_clean_line(const char *text, gsize max)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    return text_copy_printable(g_strstrip(valid), max, false);
}

char *text_replace_unprintable(const char *text, gsize max)
{
    return text_copy_printable(text, max, false);
}

/* Whether the character at `p`, which is not the first, is drawn as one with the one before it. */
static bool text_is_joined(const char *p)
{
    const gunichar joiner = 0x200D;

    return g_unichar_iszerowidth(g_utf8_get_char(p)) ||
           g_utf8_get_char(g_utf8_prev_char(p)) == joiner;
}

char *text_shorten(const char *text, gsize max)
{
    const char *end;

    if ((gsize)g_utf8_strlen(text, -1) <= max)
        return g_strdup(text);
    end = g_utf8_offset_to_pointer(text, (glong)max - 1);
    while (end > text && text_is_joined(end))
        end = g_utf8_prev_char(end);
    return g_strdup_printf("%.*s…", (int)(end - text), text);
}

int text_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The sum over all characters that are not combining ones. */
static guint text_add_up(const char *text, guint narrow, guint wide)
{
    guint sum = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_iszerowidth(c))
            sum += g_unichar_iswide(c) ? wide : narrow;
    }
    return sum;
}

guint text_columns(const char *text)
{
    return text_add_up(text, 1, 2);
}

guint text_wide_characters(const char *text)
{
    return text_add_up(text, 0, 1);
}

static bool text_is_one_of(gunichar c, const char *characters)
{
    return g_utf8_strchr(characters, -1, c) != NULL;
}

/* Whether a line may break between these two characters without a space: where words are written
 * without spaces, but not between a word and its punctuation. */
static bool text_may_break(gunichar before, gunichar after)
{
    return (g_unichar_iswide(before) || g_unichar_iswide(after)) &&
           !text_is_one_of(after, ",.;:!?)]%、。，；：！？）》」』】”’…") &&
           !text_is_one_of(before, "([（《「『【“‘");
}

const char *text_find_break(const char *piece)
{
    const char *p = piece;

    while (*p != '\0' && *p != ' ') {
        gunichar before = g_utf8_get_char(p);

        p = g_utf8_next_char(p);
        if (*p != '\0' && *p != ' ' && text_may_break(before, g_utf8_get_char(p)))
            break;
    }
    return p;
}

static void text_wrap_line(const char *line, guint columns, GString *result)
{
    const char *p = line;
    guint used = 0, gap = 0; /* columns */

    do {
        const char *end = text_find_break(p);
        g_autofree char *piece = g_strndup(p, (gsize)(end - p));
        guint width = text_columns(piece);

        if (p != line && used + gap + width > columns) {
            g_string_append_c(result, '\n');
            used = 0;
        } else if (gap > 0) {
            g_string_append_c(result, ' ');
            used++;
        }
        g_string_append(result, piece);
        used += width;
        gap = *end == ' ' ? 1 : 0;
        p = end + gap;
    } while (gap > 0 || *p != '\0');
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
            text_wrap_line(*line, columns, result);
    }
    return g_string_free(result, FALSE);
}

static bool text_is_swapped(const char *a, const char *b)
{
    return a[-1] == b[-2] && a[-2] == b[-1];
}

/* How many insertions, deletions and changes of a letter, and swaps of two neighbours, make one
 * word of the other. Both have at most MAX_WORD letters. */
static guint text_distance(const char *a, const char *b)
{
    guint cost[MAX_WORD + 1][MAX_WORD + 1];
    gsize rows = strlen(a), columns = strlen(b);

    for (guint i = 0; i <= rows; i++)
        cost[i][0] = i;
    for (guint k = 0; k <= columns; k++)
        cost[0][k] = k;
    for (gsize i = 1; i <= rows; i++) {
        for (gsize k = 1; k <= columns; k++) {
            guint other = g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[k - 1]) ? 0 : 1;
            guint least = MIN(cost[i - 1][k], cost[i][k - 1]) + 1;

            if (i > 1 && k > 1 && text_is_swapped(a + i, b + k))
                least = MIN(least, cost[i - 2][k - 2] + 1);
            cost[i][k] = MIN(least, cost[i - 1][k - 1] + other);
        }
    }
    return cost[rows][columns];
}

static bool text_begins_with_part(const char *word, const char *part)
{
    gsize length = strlen(part);

    return length > 0 && g_str_has_prefix(word, part) &&
           (word[length] == '_' || part[length - 1] == '_');
}

const char *text_nearest(const char *word, const GPtrArray *words)
{
    const char *nearest = NULL;
    guint least = (guint)(strlen(word) / 3) + 1; /* distance that is too far */

    if (strlen(word) > MAX_WORD)
        return NULL;
    for (guint i = 0; i < words->len; i++) {
        const char *one = words->pdata[i];
        guint distance = strlen(one) <= MAX_WORD ? text_distance(word, one) : G_MAXUINT;

        if (text_begins_with_part(one, word))
            return one;
        if (distance < least) {
            least = distance;
            nearest = one;
        }
    }
    return nearest;
}

char *text_suggest(const char *word, const GPtrArray *words)
{
    const char *nearest = text_nearest(word, words);

    return nearest ? g_strdup_printf(_("; did you mean \"%s\"?"), nearest) : g_strdup("");
}

char *text_cut(const char *text, guint columns)
{
    g_autofree char *cut = NULL;

    if (strlen(text) <= columns || text_columns(text) <= columns)
        return g_strdup(text);
    for (long length = g_utf8_strlen(text, -1); length > 0; length--) {
        g_free(cut);
        cut = g_utf8_substring(text, 0, length);
        if (text_columns(cut) < columns)
            break;
    }
    return g_strconcat(cut, "…", NULL);
}
