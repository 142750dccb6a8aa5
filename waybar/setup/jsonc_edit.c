#include "waybar/setup/jsonc_edit.h"

#include "waybar/setup/jsonc.h"

#include <string.h>

/* The indentation within items, and of texts whose own is not known. */
#define INDENT "    "

static gsize jsonc_line_begin(const char *text, gsize at)
{
    while (at > 0 && text[at - 1] != '\n')
        at--;
    return at;
}

static bool jsonc_is_first_on_line(const char *text, gsize at)
{
    gsize begin = jsonc_line_begin(text, at);

    return begin > 0 && begin + strspn(text + begin, " \t") == at;
}

/* The white space at the beginning of the line; the caller frees it. */
static char *jsonc_indentation(const char *text, gsize at)
{
    gsize begin = jsonc_line_begin(text, at);

    return g_strndup(text + begin, strspn(text + begin, " \t"));
}

bool jsonc_is_on_lines(const char *text, const struct json *holder)
{
    struct json_place place = json_place(holder);
    guint length = json_length(holder);

    if (length > 0)
        return jsonc_is_first_on_line(text, json_place(json_at(holder, length - 1)).first);
    return memchr(text + place.begin, '\n', place.end - place.begin) != NULL;
}

/* The indentation of the holder's children beyond that of its own line. */
static char *jsonc_find_unit(const char *text, const struct json *holder, const char *outer)
{
    for (guint i = 0; i < json_length(holder); i++) {
        gsize first = json_place(json_at(holder, i)).first;
        g_autofree char *inner = jsonc_indentation(text, first);

        if (jsonc_is_first_on_line(text, first) && g_str_has_prefix(inner, outer) &&
            strlen(inner) > strlen(outer))
            return g_strdup(inner + strlen(outer));
    }
    return g_strdup(strchr(outer, '\t') ? "\t" : INDENT);
}

/* The item with the text's line breaks and indentation, and `indent` before all lines except the
 * first. */
static char *jsonc_fit(const char *text, const char *item, const char *indent, const char *unit)
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
static void jsonc_insert_text(struct setup_file *file, gsize at, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    setup_file_insert(file, at, text);
}

/* The end of the spaces and comments that follow `at` on the same line. */
static gsize jsonc_line_end(const char *text, gsize at)
{
    gsize end = at;

    for (;;) {
        at += strspn(text + at, " \t");
        if (text[at] == '/' && text[at + 1] == '/')
            return at + strcspn(text + at, "\r\n");
        if (text[at] != '/' || text[at + 1] != '*')
            return end;
        const char *close = strstr(text + at + 2, "*/");
        if (!close || memchr(text + at, '\n', (gsize)(close - (text + at))))
            return end;
        end = at = (gsize)(close - text) + 2;
    }
}

/* The offset of the comma behind a value that ends here; 0 if there is none. */
static gsize jsonc_find_comma(const char *text, gsize end)
{
    gsize at = jsonc_skip(text, end);

    return text[at] == ',' ? at : 0;
}

static void jsonc_insert_in_empty(struct setup_file *file, const struct json *holder,
                                  const char *item)
{
    const char *text = file->text, *eol = setup_line_break(text);
    gsize begin = json_place(holder).begin;
    g_autofree char *outer = jsonc_indentation(text, begin);
    g_autofree char *unit = jsonc_find_unit(text, holder, outer);
    g_autofree char *inner = g_strconcat(outer, unit, NULL);
    g_autofree char *fitted = jsonc_fit(text, item, inner, unit);

    if (jsonc_is_on_lines(text, holder))
        jsonc_insert_text(file, begin + 1, "%s%s%s", eol, inner, fitted);
    else if (strchr(item, '\n'))
        jsonc_insert_text(file, begin + 1, "%s%s%s%s%s", eol, inner, fitted, eol, outer);
    else
        setup_file_insert(file, begin + 1, item);
}

/* The item for a line before or behind the child that begins at `first`. */
static char *jsonc_fit_beside(const char *text, const struct json *holder, gsize first,
                              const char *item)
{
    g_autofree char *outer = jsonc_indentation(text, json_place(holder).begin);
    g_autofree char *unit = jsonc_find_unit(text, holder, outer);
    g_autofree char *inner = jsonc_indentation(text, first);

    return jsonc_fit(text, item, inner, unit);
}

static void jsonc_append(struct setup_file *file, const struct json *holder, const char *item)
{
    const char *text = file->text;
    struct json_place last = json_place(json_at(holder, json_length(holder) - 1));
    gsize comma = jsonc_find_comma(text, last.end);

    if (!jsonc_is_on_lines(text, holder)) {
        if (comma > 0)
            jsonc_insert_text(file, comma + 1, " %s,", item);
        else
            jsonc_insert_text(file, last.end, ", %s", item);
        return;
    }
    g_autofree char *inner = jsonc_indentation(text, last.first);
    g_autofree char *fitted = jsonc_fit_beside(text, holder, last.first, item);
    gsize end = jsonc_line_end(text, comma > 0 ? comma + 1 : last.end);

    if (comma == 0)
        setup_file_insert(file, last.end, ",");
    jsonc_insert_text(file, end, "%s%s%s%s", setup_line_break(text), inner, fitted,
                      comma > 0 ? "," : "");
}

void jsonc_insert(struct setup_file *file, const struct json *holder, guint index, const char *item)
{
    const char *text = file->text;

    if (json_length(holder) == 0) {
        jsonc_insert_in_empty(file, holder, item);
        return;
    }
    if (index >= json_length(holder)) {
        jsonc_append(file, holder, item);
        return;
    }
    gsize next = json_place(json_at(holder, index)).first;
    if (!jsonc_is_first_on_line(text, next)) {
        jsonc_insert_text(file, next, "%s, ", item);
        return;
    }
    g_autofree char *inner = jsonc_indentation(text, next);
    g_autofree char *fitted = jsonc_fit_beside(text, holder, next, item);
    jsonc_insert_text(file, next, "%s,%s%s", fitted, setup_line_break(text), inner);
}

/* Removes these bytes: with their line if nothing else is on it, else with the spaces behind or, if
 * nothing or a comment follows, with the one before. */
static void jsonc_remove_with_space(struct setup_file *file, gsize begin, gsize end)
{
    const char *text = file->text;
    gsize rest = end + strspn(text + end, " \t");
    gsize after = rest + strspn(text + rest, "\r");
    bool has_space_before = text[begin - 1] == ' ';

    if (jsonc_is_first_on_line(text, begin) && text[after] == '\n')
        setup_file_remove(file, jsonc_line_begin(text, begin), after + 1);
    else if (jsonc_is_first_on_line(text, begin))
        setup_file_remove(file, begin, end);
    else if (strchr("\r\n", text[rest]) || text[rest] == '/')
        setup_file_remove(file, begin - has_space_before, end);
    else
        setup_file_remove(file, begin - (rest == end && has_space_before), rest);
}

void jsonc_remove(struct setup_file *file, const struct json *holder, guint index, guint count)
{
    const char *text = file->text;
    gsize begin = json_place(json_at(holder, index)).first;
    gsize end = json_place(json_at(holder, index + count - 1)).end;
    gsize comma = jsonc_find_comma(text, end);

    if (comma == 0 && index > 0) {
        /* The last child: the comma before it goes too. */
        comma = jsonc_find_comma(text, json_place(json_at(holder, index - 1)).end);
        if (comma + 1 + strspn(text + comma + 1, " \t\r\n") == begin) {
            setup_file_remove(file, comma, end);
            return;
        }
        setup_file_remove(file, comma, comma + 1);
        comma = 0;
    }
    jsonc_remove_with_space(file, begin, comma > 0 ? comma + 1 : end);
}
