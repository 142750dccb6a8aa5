/* Changes of a text of JSON that touch nothing but the place of a child. */
#include "waybar/setup/jsonc.h"

#include <string.h>

/* What the lines of an item are indented by; and a text whose own indentation is not known. */
#define INDENT "    "

static gsize line_begin(const char *text, gsize at)
{
    while (at > 0 && text[at - 1] != '\n')
        at--;
    return at;
}

static bool is_first_on_line(const char *text, gsize at)
{
    gsize begin = line_begin(text, at);

    return begin > 0 && begin + strspn(text + begin, " \t") == at;
}

/* The white space with which the line of this offset begins; the caller frees it. */
static char *indentation(const char *text, gsize at)
{
    gsize begin = line_begin(text, at);

    return g_strndup(text + begin, strspn(text + begin, " \t"));
}

bool jsonc_is_on_lines(const char *text, const struct jsonc *holder)
{
    if (holder->children->len > 0) {
        const struct jsonc *last = holder->children->pdata[holder->children->len - 1];
        return is_first_on_line(text, last->first);
    }
    return memchr(text + holder->begin, '\n', holder->end - holder->begin) != NULL;
}

/* What a line within this array or object is indented by more than the line of its bracket. */
static char *find_unit(const char *text, const struct jsonc *holder, const char *outer)
{
    for (guint i = 0; i < holder->children->len; i++) {
        const struct jsonc *child = holder->children->pdata[i];
        g_autofree char *inner = indentation(text, child->first);

        if (is_first_on_line(text, child->first) && g_str_has_prefix(inner, outer) &&
            strlen(inner) > strlen(outer))
            return g_strdup(inner + strlen(outer));
    }
    return g_strdup(strchr(outer, '\t') ? "\t" : INDENT);
}

/* The item with the text's line breaks and indentation: `indent` before all lines but the first. */
static char *fit(const char *text, const char *item, const char *indent, const char *unit)
{
    g_auto(GStrv) lines = g_strsplit(item, "\n", -1);
    GString *fitted = g_string_new(NULL);

    for (char **line = lines; *line; line++) {
        const char *rest = *line;

        if (line != lines)
            g_string_append_printf(fitted, "%s%s", setup_line_break(text), indent);
        for (; g_str_has_prefix(rest, INDENT); rest += strlen(INDENT))
            g_string_append(fitted, unit);
        g_string_append(fitted, rest);
    }
    return g_string_free(fitted, FALSE);
}

G_GNUC_PRINTF(3, 4)
static void insert(struct setup_file *file, gsize at, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    setup_file_insert(file, at, text);
}

/* A carriage return ends a comment only where it is part of the line's end. */
static gsize end_of_comment(const char *text, gsize at)
{
    gsize end = at + strcspn(text + at, "\n");

    return text[end - 1] == '\r' ? end - 1 : end;
}

/* Behind what stands on this line after `at`: spaces and comments that end on it. */
static gsize end_of_line(const char *text, gsize at)
{
    gsize end = at;

    for (;;) {
        at += strspn(text + at, " \t");
        if (text[at] == '/' && text[at + 1] == '/')
            return end_of_comment(text, at);
        if (text[at] != '/' || text[at + 1] != '*')
            return end;
        const char *close = strstr(text + at + 2, "*/");
        if (!close || memchr(text + at, '\n', (gsize)(close - (text + at))))
            return end;
        end = at = (gsize)(close - text) + 2;
    }
}

/* The offset of the comma behind a value, or 0. */
static gsize find_comma(const char *text, const struct jsonc *value)
{
    gsize at = jsonc_skip(text, value->end);

    return text[at] == ',' ? at : 0;
}

static void insert_in_empty(struct setup_file *file, const struct jsonc *holder, const char *item)
{
    const char *text = file->text, *eol = setup_line_break(text);
    g_autofree char *outer = indentation(text, holder->begin);
    g_autofree char *unit = find_unit(text, holder, outer);
    g_autofree char *inner = g_strconcat(outer, unit, NULL);
    g_autofree char *fitted = fit(text, item, inner, unit);

    if (jsonc_is_on_lines(text, holder))
        insert(file, holder->begin + 1, "%s%s%s", eol, inner, fitted);
    else if (strchr(item, '\n'))
        insert(file, holder->begin + 1, "%s%s%s%s%s", eol, inner, fitted, eol, outer);
    else
        setup_file_insert(file, holder->begin + 1, item);
}

static void append(struct setup_file *file, const struct jsonc *holder, const struct jsonc *last,
                   const char *item)
{
    const char *text = file->text, *eol = setup_line_break(text);
    gsize comma = find_comma(text, last);

    if (!jsonc_is_on_lines(text, holder)) {
        if (comma > 0)
            insert(file, comma + 1, " %s,", item);
        else
            insert(file, last->end, ", %s", item);
        return;
    }
    g_autofree char *outer = indentation(text, holder->begin);
    g_autofree char *unit = find_unit(text, holder, outer);
    g_autofree char *inner = indentation(text, last->first);
    g_autofree char *fitted = fit(text, item, inner, unit);
    gsize end = end_of_line(text, comma > 0 ? comma + 1 : last->end);

    if (comma == 0)
        setup_file_insert(file, last->end, ",");
    insert(file, end, "%s%s%s%s", eol, inner, fitted, comma > 0 ? "," : "");
}

void jsonc_insert(struct setup_file *file, const struct jsonc *holder, guint index,
                  const char *item)
{
    const char *text = file->text;
    const GPtrArray *children = holder->children;

    if (children->len == 0) {
        insert_in_empty(file, holder, item);
        return;
    }
    if (index >= children->len) {
        append(file, holder, children->pdata[children->len - 1], item);
        return;
    }
    const struct jsonc *next = children->pdata[index];
    if (!is_first_on_line(text, next->first)) {
        insert(file, next->first, "%s, ", item);
        return;
    }
    g_autofree char *outer = indentation(text, holder->begin);
    g_autofree char *unit = find_unit(text, holder, outer);
    g_autofree char *inner = indentation(text, next->first);
    g_autofree char *fitted = fit(text, item, inner, unit);
    insert(file, next->first, "%s,%s%s", fitted, setup_line_break(text), inner);
}

/* Takes out what stands from `begin` to `end`, and the line if nothing else is on it, else the
 * spaces behind. */
static void remove_with_space(struct setup_file *file, gsize begin, gsize end)
{
    const char *text = file->text;
    gsize rest = end + strspn(text + end, " \t");
    gsize after = rest + strspn(text + rest, "\r");

    if (is_first_on_line(text, begin) && text[after] == '\n')
        setup_file_remove(file, line_begin(text, begin), after + 1);
    else if (is_first_on_line(text, begin) || strchr("\r\n", text[rest]) || text[rest] == '/')
        setup_file_remove(file, begin, end);
    else
        setup_file_remove(file, begin, rest);
}

void jsonc_remove(struct setup_file *file, const struct jsonc *holder, guint index, guint count)
{
    const char *text = file->text;
    const struct jsonc *first = holder->children->pdata[index];
    const struct jsonc *last = holder->children->pdata[index + count - 1];
    gsize comma = find_comma(text, last);

    if (comma == 0 && index > 0) {
        /* The last one: the comma before it goes with it. */
        comma = find_comma(text, holder->children->pdata[index - 1]);
        if (comma + 1 + strspn(text + comma + 1, " \t\r\n") == first->first) {
            setup_file_remove(file, comma, last->end);
            return;
        }
        setup_file_remove(file, comma, comma + 1);
        comma = 0;
    }
    remove_with_space(file, first->first, comma > 0 ? comma + 1 : last->end);
}
